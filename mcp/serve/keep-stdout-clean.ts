/**
 * Keeps standard output for the protocol.
 *
 * @module
 */

/** All of `console` that prints there; the rest is on standard error already, or prints by these. */
const PRINTING = [
  ...["log", "info", "debug", "dir", "dirxml", "table", "group", "groupCollapsed"] as const,
  ...["count", "timeEnd", "timeLog"] as const,
];

/** What a library prints goes to standard error: a line of it on standard output would end the session. */
export function keepStdoutClean(): void {
  for (const method of PRINTING) {
    // deno-lint-ignore no-console
    console[method] = (...args: unknown[]) => console.error(...args);
  }
}
