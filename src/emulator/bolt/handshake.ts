/**
 * The first twenty bytes of a Bolt connection: a magic number and four proposals of versions.
 *
 * @see {@link https://neo4j.com/docs/bolt/current/bolt/handshake/ | Handshake}
 * @module
 */

/** How many bytes a client sends before it waits for the choice. */
export const HANDSHAKE_BYTES = 20;

const MAGIC = [0x60, 0x60, 0xb0, 0x17] as const;
const MAJOR = 5;
const MINORS = [4, 3, 2, 1] as const;

/** Whether the bytes so far can still become a handshake: HTTP and TLS show at the first byte. */
export function maySpeakBolt(bytes: Uint8Array): boolean {
  return MAGIC.every((byte, index) => index >= bytes.length || bytes[index] === byte);
}

/**
 * Chooses the newest version both sides know, and gives the four bytes of the answer: all zero when there is none.
 *
 * A proposal is `0, range, minor, major`. The one for the manifest handshake, `0, 0, 1, 255`, has a major version that
 * is nobody's and falls out by itself: its sender always proposes ranges beside it.
 */
export function chooseVersion(handshake: Uint8Array): Uint8Array {
  for (let at = MAGIC.length; at < HANDSHAKE_BYTES; at += 4) {
    const [, range = 0, minor = 0, major = 0] = handshake.subarray(at, at + 4);
    if (major !== MAJOR) continue;
    const chosen = MINORS.find((each) => each <= minor && each >= minor - range);
    if (chosen !== undefined) return Uint8Array.of(0, 0, chosen, MAJOR);
  }
  return new Uint8Array(4);
}
