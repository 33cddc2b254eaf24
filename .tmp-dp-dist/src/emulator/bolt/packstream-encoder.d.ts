/** Writes values one after the other into a buffer that grows. */
export declare class PackStreamEncoder {
    #private;
    /** What was written so far. The next `write` may overwrite it. */
    get bytes(): Uint8Array;
    /**
     * Appends one value.
     *
     * @throws TypeError for what has no form in PackStream, such as a function
     */
    write(value: unknown): void;
}
/** Packs one value. */
export declare function pack(value: unknown): Uint8Array;
