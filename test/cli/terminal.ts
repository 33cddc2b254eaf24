/**
 * A terminal around the command line: what it asks and prints there is seen as a person sees it.
 *
 * @module
 */
import { spawnSync } from "node:child_process";
import { stripVTControlCharacters } from "node:util";
import type { CliOptions, CliResult } from "./process.ts";
import { startCli } from "./running.ts";

/** The program of util-linux that makes terminals. */
const TERMINAL_MAKER = "script";

/** Whether it is there. */
export const HAS_TERMINAL: boolean = String(spawnSync(TERMINAL_MAKER, ["--version"]).stdout)
  .includes("util-linux");

/** What the person types, and what is on the screen by then. */
export interface TypedAnswer {
  readonly after: RegExp;
  readonly type: string;
}

/** Runs the command line in a terminal. Both its streams come on `stdout`, without colours and moves of the cursor. */
export async function runInTerminal(
  args: readonly string[],
  options: CliOptions & { readonly answers?: readonly TypedAnswer[] } = {},
): Promise<CliResult> {
  const { answers = [], ...rest } = options;
  await using cli = await startCli(args, {
    ...rest,
    env: { TERM: "xterm", ...rest.env },
    // A terminal of no width would have one character a line.
    around: (words) => [
      TERMINAL_MAKER,
      "-qec",
      `stty cols 160 rows 40; exec ${words.map(quoted).join(" ")}`,
      "/dev/null",
    ],
  });
  for (const { after, type } of answers) {
    await cli.until(after);
    cli.child.stdin?.write(type);
  }
  const ended = await cli.ended;
  return { ...ended, stdout: plain(ended.stdout) };
}

function plain(text: string): string {
  return stripVTControlCharacters(text).replaceAll("\r", "");
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
