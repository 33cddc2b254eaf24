/**
 * Reads the types of a result's columns from the schema at the head of its Arrow stream.
 *
 * Grafeo's rows are JavaScript values, in which 1.0 is 1 and a date is a string. Its Arrow export of the same rows still knows
 * which is which, and only the schema of it is needed.
 *
 * @see {@link https://arrow.apache.org/docs/format/Columnar.html#serialization-and-interprocess-communication-ipc | Arrow IPC}
 * @module
 */
/** The kind of a column, a list's items or a map's entry. */
export interface ArrowType {
    readonly kind: "integer" | "float" | "date" | "time" | "timestamp" | "list" | "map" | "other";
    /** The entries of a map by name; of a list the only one. */
    readonly children: ReadonlyMap<string, ArrowType>;
}
/** Gives the columns' types in order. */
export declare function readArrowTypes(stream: Uint8Array): ArrowType[];
