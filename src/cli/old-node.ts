/**
 * Says so where this program cannot run: on an old Node it would fail here and there, in words that help nobody.
 *
 * @module
 */

/** The oldest Node that has all that is used. */
const OLDEST = [22, 13] as const;

/** One line for a Node that is too old; undefined on any other runtime. */
export function oldNode(
  versions: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const { node = "", bun, deno } = versions;
  const [major = 0, minor = 0] = node.split(".").map(Number);
  const isNew = major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
  if (bun !== undefined || deno !== undefined || isNew) return undefined;
  return `Cannot run on Node ${node}: aura-wake needs Node ${OLDEST.join(".")} or later; ` +
    "next: bunx --bun aura-wake, or deno run -A npm:aura-wake";
}
