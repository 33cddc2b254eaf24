/** What becomes of a structure. `depth` is 0 for the outermost one. */
export type StructureReader = (tag: number, fields: unknown[], depth: number) => unknown;
/** Reads values one after the other. */
export declare class PackStreamDecoder {
    #private;
    constructor(bytes: Uint8Array, structure: StructureReader);
    /** Bytes not read yet. */
    get left(): number;
    /**
     * Reads the next value.
     *
     * @throws PackStreamError when the bytes end too early, mean nothing, or nest too deep
     */
    read(depth?: number): unknown;
}
/**
 * Reads bytes that hold exactly one value.
 *
 * @throws PackStreamError when they do not
 */
export declare function unpack(bytes: Uint8Array, structure: StructureReader): unknown;
