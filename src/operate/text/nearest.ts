/**
 * What somebody may have meant.
 *
 * @module
 */

/** The candidates that are close to a word, the closest first; none when nothing is. */
export function nearest(word: string, candidates: Iterable<string>, most: number = 1): string[] {
  const wanted = word.toLowerCase();
  const limit = Math.max(1, Math.floor(wanted.length / 3));
  return [...new Set(candidates)]
    .map((candidate) => {
      const isBegun = wanted.length > 2 && candidate.toLowerCase().startsWith(wanted);
      const far = distance(wanted, candidate.toLowerCase());
      // The beginning of a word is further from it than one wrong letter, and closer than two.
      return { candidate, isBegun, far: isBegun ? Math.min(far, 1.5) : far };
    })
    .filter(({ far, isBegun }) => isBegun || far <= limit)
    .sort((left, right) => left.far - right.far)
    .slice(0, most)
    .map(({ candidate }) => candidate);
}

/** Says it as a question; undefined when there is nothing to ask. */
export function didYouMean(word: string, candidates: Iterable<string>): string | undefined {
  const [guess] = nearest(word, candidates);
  return guess === undefined ? undefined : `did you mean "${guess}"?`;
}

/** How many letters to insert, drop, change or swap with their neighbour (Damerau, restricted). */
function distance(left: string, right: string): number {
  let before: number[] = [];
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let down = 1; down <= left.length; down++) {
    const next = [down];
    for (let across = 1; across <= right.length; across++) {
      const isSame = left[down - 1] === right[across - 1];
      let cost = Math.min(
        (next[across - 1] ?? 0) + 1,
        (row[across] ?? 0) + 1,
        (row[across - 1] ?? 0) + (isSame ? 0 : 1),
      );
      if (left[down - 1] === right[across - 2] && left[down - 2] === right[across - 1]) {
        cost = Math.min(cost, (before[across - 2] ?? Infinity) + 1);
      }
      next.push(cost);
    }
    before = row;
    row = next;
  }
  return row[right.length] ?? 0;
}
