/**
 * The first twenty bytes of a Bolt connection: a magic number and four proposals of versions.
 *
 * @see {@link https://neo4j.com/docs/bolt/current/bolt/handshake/ | Handshake}
 * @module
 */
/** How many bytes a client sends before it waits for the choice. */
export declare const HANDSHAKE_BYTES = 20;
/** Whether the bytes so far can still become a handshake: HTTP and TLS show at the first byte. */
export declare function maySpeakBolt(bytes: Uint8Array): boolean;
/**
 * Chooses the newest version both sides know, and gives the four bytes of the answer: all zero when there is none.
 *
 * A proposal is `0, range, minor, major`. The one for the manifest handshake, `0, 0, 1, 255`, has a major version that is nobody's
 * and falls out by itself: its sender always proposes ranges beside it.
 */
export declare function chooseVersion(handshake: Uint8Array): Uint8Array;
