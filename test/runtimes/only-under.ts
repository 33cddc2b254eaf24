/**
 * Tests whose subject is a child process: which runner starts it makes no difference, so one of them is enough.
 *
 * @module
 */

/** Options for `test` and `describe` of node:test: skipped, with the reason, under the other runner. */
export function onlyUnder(runner: "bun" | "deno"): { readonly skip: string | false } {
  const running = "Deno" in globalThis ? "deno" : "bun";
  return {
    skip: running === runner ? false : `runs under ${runner}: its subject is a child process`,
  };
}
