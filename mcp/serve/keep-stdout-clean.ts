/**
 * Keeps standard output for the protocol.
 *
 * @module
 */

/** What a library prints goes to standard error: a line of it on standard output would end the session. */
export function keepStdoutClean(): void {
  for (const method of ["log", "info", "debug"] as const) {
    // deno-lint-ignore no-console
    console[method] = (...args: unknown[]) => console.error(...args);
  }
}
