/**
 * Durations as people read them.
 *
 * @module
 */

/** `850 ms`, `12 s`, `3 min 20 s`, `2 h 5 min`, `3 d 4 h` */
export function durationText(ms: number): string {
  if (Math.round(ms) < 1_000) return `${Math.round(ms)} ms`;
  const seconds = Math.round(ms / 1_000);
  const units = [["d", 86_400], ["h", 3_600], ["min", 60], ["s", 1]] as const;
  const first = units.findIndex(([, size]) => seconds >= size);
  return units.slice(first, first + 2)
    .map(([name, size], index) => ({
      name,
      count: Math.floor((index === 0 ? seconds : seconds % (units[first]?.[1] ?? 1)) / size),
    }))
    .filter(({ count }) => count > 0)
    .map(({ name, count }) => `${count} ${name}`)
    .join(" ");
}
