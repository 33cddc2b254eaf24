/**
 * The program around the server on standard input and output: flags, signals, the exit code.
 *
 * @module
 */
import process from "node:process";
import { systemClock } from "../../src/system-clock.ts";
import { flagsText, HTTP_FLAGS, SERVER_FLAGS } from "../serve/flags.ts";
import { parseFlags } from "../serve/parse-flags.ts";
import { serveProcess } from "../serve/serve-process.ts";

const FLAGS = {
  ...SERVER_FLAGS,
  "credentials-file": {
    type: "string",
    valueHint: "file",
    description: "The file that the Aura console offered when the instance was created",
  },
} as const;

/** Flags that there are, but not here. */
const ELSEWHERE = {
  flags: Object.keys(HTTP_FLAGS),
  hint: "this program serves standard input and output alone; aura-wake mcp has it",
};

/** What a flag or a variable that cannot be used exits with. */
const USAGE = 2;
/** By convention 128 and the number of the signal. */
const INTERRUPTED = 130;

/** Runs until the client is gone, and gives the exit code. */
export async function runStdio(words: readonly string[]): Promise<number> {
  const log = (line: string): void => void process.stderr.write(`${line}\n`);
  if (words.includes("--help") || words.includes("-h")) {
    process.stdout.write(
      `The MCP server over Neo4j Aura, on standard input and output\n\n${flagsText(FLAGS)}`,
    );
    return 0;
  }
  try {
    const { "credentials-file": credentialsFile, ...flags } = parseFlags(words, FLAGS, ELSEWHERE);
    await serveProcess(flags, {
      signal: stopSignal(),
      clock: systemClock,
      log,
      credentialsFile: credentialsFile as string | undefined,
    });
    return 0;
  } catch (error) {
    log(String((Object(error) as Partial<Error>).message ?? error));
    return USAGE;
  }
}

/** What of a process the signals concern. */
export interface Signalled {
  on(name: "SIGINT" | "SIGTERM", listener: () => void): unknown;
  exit(code: number): void;
}

/** Aborts at the first signal; the second one ends the process at once. */
export function stopSignal(program: Signalled = process): AbortSignal {
  const stopped = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const) {
    program.on(name, () => {
      if (stopped.signal.aborted) program.exit(INTERRUPTED);
      stopped.abort(new Error(`Stopped by ${name}`));
    });
  }
  return stopped.signal;
}
