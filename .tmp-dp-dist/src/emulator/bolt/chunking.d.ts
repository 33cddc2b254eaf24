/**
 * Bolt's chunks: a message is cut in pieces of at most 65,535 bytes, each after its length, and ends with a length of zero.
 *
 * @see {@link https://neo4j.com/docs/bolt/current/bolt/message/#chunking | Chunking}
 * @module
 */
/** A message longer than the limit. */
export declare class MessageTooLargeError extends Error {
    readonly name = "MessageTooLargeError";
}
/** Puts messages together again from bytes that arrive in any portions. */
export declare class ChunkReader {
    #private;
    constructor(maxBytes: number);
    /**
     * Takes bytes and gives the messages that are complete. A zero length with nothing before it is a NOOP and gives nothing.
     *
     * @throws MessageTooLargeError as soon as the announced lengths pass the limit
     */
    push(bytes: Uint8Array): Generator<Uint8Array, void, void>;
}
/** Cuts a message in chunks, with the end mark. */
export declare function chunk(message: Uint8Array): Uint8Array;
/** One array of many. */
export declare function concat(pieces: readonly Uint8Array[], size: number): Uint8Array;
