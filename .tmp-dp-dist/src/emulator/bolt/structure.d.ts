/**
 * PackStream's structure: a tag and some fields. Messages are structures, and so are nodes and dates.
 *
 * @module
 */
/** A structure whose meaning is its tag's. */
export declare class Structure {
    readonly tag: number;
    readonly fields: readonly unknown[];
    constructor(tag: number, fields: readonly unknown[]);
}
/** Bytes that are no PackStream, or a structure that is none of Bolt's. */
export declare class PackStreamError extends Error {
    readonly name = "PackStreamError";
}
