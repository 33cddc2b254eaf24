/**
 * Random values that are the same in every run.
 *
 * @module
 */

/** Numbers from 0 to 1 (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A text with more that is odd in it than any real one. */
export function randomText(random: () => number, longest: number): string {
  const ranges = [[0, 0x7f], [0x80, 0x7ff], [0x2000, 0x206f], [0xd800, 0xdfff], [0xfe00, 0xffff], [
    0x1f300,
    0x1faff,
  ], [0xe0000, 0xe01ef]];
  let text = "";
  for (let left = Math.floor(random() * longest); left > 0; left--) {
    const [first = 0, last = 0] = ranges[Math.floor(random() * ranges.length)] ?? [];
    text += String.fromCodePoint(first + Math.floor(random() * (last - first + 1)));
  }
  return text;
}

/** Any JSON. */
export function randomJson(random: () => number, depth: number = 0): unknown {
  const kind = Math.floor(random() * (depth > 4 ? 4 : 6));
  if (kind === 0) return random() * 1e6;
  if (kind === 1) return random() < 0.5 ? null : random() < 0.5;
  if (kind < 4) return randomText(random, random() < 0.02 ? 3_000 : 30);
  const size = Math.floor(random() * (depth === 0 && random() < 0.2 ? 200 : 5));
  const members = Array.from({ length: size }, () => randomJson(random, depth + 1));
  if (kind === 4) return members;
  return Object.fromEntries(
    members.map((member, index) => [`${randomText(random, 4)}${index}`, member]),
  );
}
