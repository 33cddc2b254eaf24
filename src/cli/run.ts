/**
 * The command line as a function: arguments and streams in, an exit code out.
 *
 * @module
 */
import type { ArgsDef } from "citty";
import { OperateError } from "../operate/operate-error.ts";
import { findCommand } from "./find-command.ts";
import { GLOBAL_FLAGS, type GlobalFlags, readGlobalFlags } from "./global-flags.ts";
import type { Io } from "./io.ts";

/** What Ctrl-C exits with, by convention 128 and the signal's number. */
const INTERRUPTED = 130;
/** What somebody has to look after, also when it was Ctrl-C that came between. */
const LOSSES: ReadonlySet<string> = new Set(["UNCONFIRMED", "AURA_UNCONFIRMED", "FILE", "FAILED"]);

/** Runs one command. Never throws: what went wrong is on stderr and in the exit code. */
export async function run(io: Io): Promise<number> {
  try {
    const flags = readGlobalFlags(io.args, io.stdout.isTty);
    // A command that says 0 itself was meant to be ended so.
    return await runWords(io, flags) ?? (io.signal.aborted ? INTERRUPTED : 0);
  } catch (error) {
    return await tellFailure(error, io);
  }
}

async function runWords(io: Io, flags: GlobalFlags): Promise<number | undefined> {
  const [first] = io.args;
  if (first === "--version" || first === "-v" || first === "version") {
    const { VERSION } = await import("../version.ts");
    io.stdout.write(`${VERSION}\n`);
    return 0;
  }
  const end = io.args.indexOf("--");
  const isHelp = first === "help" ||
    io.args.slice(0, end < 0 ? undefined : end).some(isHelpWord);
  const called = findCommand(first === "help" ? io.args.slice(1) : io.args);
  if ("group" in called) {
    const { group } = called;
    if (!isHelp && flags.format !== "table") throw noCommand(group);
    const { overviewHelp } = await import("./help.ts");
    // Asked for it is a result; otherwise it stands for "which command?".
    (isHelp ? io.stdout : io.stderr).write(overviewHelp(group));
    return isHelp ? 0 : 2;
  }
  const { entry, rest } = called;
  const command = await entry.load();
  const args: ArgsDef = { ...command.args, ...GLOBAL_FLAGS };
  if (isHelp) {
    const { commandHelp } = await import("./help.ts");
    io.stdout.write(commandHelp(entry, args));
    return 0;
  }
  const { checkArguments } = await import("./check-arguments.ts");
  checkArguments(rest, args, entry.path);
  const [{ runCommand }, { openContext }, { keepNoFlags }] = await Promise.all([
    import("citty"),
    import("./context.ts"),
    import("./keep-no-flags.ts"),
  ]);
  const { context, close, unanswered } = openContext(io, flags);
  const kept = keepNoFlags(args, rest);
  try {
    const { result } = await runCommand({ ...command, args: kept.args }, {
      rawArgs: [...kept.words],
      data: context,
    });
    return typeof result === "number" ? result : undefined;
  } catch (error) {
    const request = unanswered();
    // A command that knows better what was lost, or what goes on, has said so.
    const isSilent = io.signal.aborted && Object(error).name !== "OperateError";
    if (!isSilent || request === undefined) throw error;
    throw new OperateError(
      "UNCONFIRMED",
      `Stopped by Ctrl-C: ${request} had no answer yet, and may have been carried out`,
      "look before you send it again",
      { cause: error },
    );
  } finally {
    await close();
  }
}

/** Also `--help=true` and `-yh`: a question about a command must never run it. */
function isHelpWord(word: string): boolean {
  return /^(?:--help(?:=.*)?|-[a-z]*h[a-z]*)$/.test(word);
}

function noCommand(group: string | undefined): OperateError {
  const words = group === undefined ? "" : `${group} `;
  return new OperateError(
    "USAGE",
    `Cannot run aura-wake ${words}without a command`,
    `see aura-wake ${words}--help`,
  );
}

/** Says on stderr what went wrong, as the flags want it, and gives the exit code. */
export async function tellFailure(error: unknown, io: Io): Promise<number> {
  const { format, verbose } = readGlobalFlags(io.args, io.stdout.isTty);
  const { causesText, failureText, toFailure } = await import("./failure.ts");
  const told = toFailure(error);
  const { aborted, reason } = io.signal;
  // Whatever a call says when it is broken off by Ctrl-C: that is why. What is lost by it must be known all the same.
  const failure = !aborted || told.exit_code === INTERRUPTED
    ? told
    : LOSSES.has(told.code)
    ? { ...told, exit_code: INTERRUPTED }
    : {
      code: "INTERRUPTED",
      exit_code: INTERRUPTED,
      message: reason instanceof Error ? reason.message : "Stopped by Ctrl-C",
    };
  io.stderr.write(`${format === "table" ? failureText(failure) : JSON.stringify(failure)}\n`);
  if (verbose) io.stderr.write(causesText(error));
  return failure.exit_code;
}
