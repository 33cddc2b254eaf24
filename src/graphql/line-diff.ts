/**
 * Which lines differ between two texts.
 *
 * @module
 */

/** What it comes to. */
export interface LineDiff {
  readonly added: number;
  readonly removed: number;
  /** The lines that differ, in the order of the texts, each with `+` or `-` before it. */
  readonly lines: readonly string[];
}

/** Cells of the table; beyond, all that differs counts as replaced. */
const MOST_CELLS = 1_000_000;

/** Compares them line by line. */
export function lineDiff(before: string, after: string): LineDiff {
  const old = linesOf(before);
  const now = linesOf(after);
  let start = 0;
  while (start < old.length && start < now.length && old[start] === now[start]) start++;
  let end = 0;
  const most = Math.min(old.length, now.length) - start;
  while (end < most && old[old.length - 1 - end] === now[now.length - 1 - end]) end++;
  const lines = changes(old.slice(start, old.length - end), now.slice(start, now.length - end));
  const added = lines.filter((line) => line.startsWith("+")).length;
  return { added, removed: lines.length - added, lines };
}

function changes(old: readonly string[], now: readonly string[]): string[] {
  const removed = old.map((line) => `-${line}`);
  const added = now.map((line) => `+${line}`);
  if (old.length * now.length > MOST_CELLS) return [...removed, ...added];
  // How many lines the rests of both have in common, by where they begin.
  const width = now.length + 1;
  const common = new Uint32Array((old.length + 1) * width);
  for (let left = old.length - 1; left >= 0; left--) {
    for (let right = now.length - 1; right >= 0; right--) {
      common[left * width + right] = old[left] === now[right]
        ? (common[(left + 1) * width + right + 1] ?? 0) + 1
        : Math.max(common[(left + 1) * width + right] ?? 0, common[left * width + right + 1] ?? 0);
    }
  }
  const lines: string[] = [];
  let left = 0;
  let right = 0;
  while (left < old.length && right < now.length) {
    if (old[left] === now[right]) {
      left++;
      right++;
    } else if (
      (common[(left + 1) * width + right] ?? 0) >= (common[left * width + right + 1] ?? 0)
    ) {
      lines.push(removed[left++] ?? "");
    } else {
      lines.push(added[right++] ?? "");
    }
  }
  return [...lines, ...removed.slice(left), ...added.slice(right)];
}

function linesOf(text: string): string[] {
  const trimmed = text.replaceAll("\r\n", "\n").trimEnd();
  return trimmed === "" ? [] : trimmed.split("\n");
}
