/**
 * What a command works with. Everything is made when it is first asked for: a command that needs no client loads none.
 *
 * @module
 */
import type { Aura } from "../aura/aura.ts";
import type { Instance } from "../aura/instance.ts";
import type { DatabaseCredentials } from "../config/database-credentials.ts";
import type { LoadedSettings } from "../config/load-settings.ts";
import type { OpenedSqlite } from "../store/sqlite.ts";
import { CliError } from "./cli-error.ts";
import type { GlobalFlags } from "./global-flags.ts";
import type { Io } from "./io.ts";
import { plainText } from "./output/plain-text.ts";
import { createPrinter, type Printer } from "./output/printer.ts";
import { type Progress, startProgress } from "./output/progress.ts";

/** The command line's own services for one run. */
export interface Context {
  readonly io: Io;
  readonly flags: GlobalFlags;
  readonly print: Printer;
  /** Aborts at Ctrl-C; every call takes it. */
  readonly signal: AbortSignal;
  /** Variables and files, read once; what is odd in them is told on stderr. */
  settings(): Promise<LoadedSettings>;
  /**
   * The client of the Aura API.
   *
   * @throws {AuraWakeError} CONFIG_INCOMPLETE without credentials
   */
  aura(): Promise<Aura>;
  /**
   * The instance with this id or exact name; left out, the one that the settings name.
   *
   * @throws {CliError} NOT_FOUND, AMBIGUOUS, USAGE when none is named anywhere
   */
  instance(named: string | undefined): Promise<Instance>;
  /**
   * How to sign in to a database, as it was saved under a name.
   *
   * @throws {CliError} NOT_FOUND with the names that there are
   */
  credentials(name: string): Promise<DatabaseCredentials>;
  /** The file with the import jobs that were started here, and what is remembered of instances. */
  state(): Promise<OpenedSqlite>;
  /** Says something beside the result, on stderr; not with `--quiet`. */
  note(text: string): void;
  /** Begins to tell how far something is. */
  progress(): Progress;
  /** Asks on the terminal. @throws {CliError} INTERRUPTED when the person leaves */
  ask(question: string): Promise<string | undefined>;
  /** Runs when the command is over, the last one first, whatever became of it. */
  onEnd(action: () => void | Promise<void>): void;
}

/** A context, and what ends it. */
export interface OpenContext {
  readonly context: Context;
  /** The last request that was to change something and got no answer. */
  readonly unanswered: () => string | undefined;
  /** Ends what the command has opened. */
  readonly close: () => Promise<void>;
}

/** Makes the context of one run. Nothing is read or opened yet. */
export function openContext(io: Io, flags: GlobalFlags): OpenContext {
  const endings: (() => void | Promise<void>)[] = [];
  let unanswered: string | undefined;
  const isDumb = io.env("TERM") === "dumb";
  const color = io.stdout.isTty && !io.env("NO_COLOR") && !isDumb;
  const { format, isFormatGiven } = flags;
  const print = createPrinter({ format, isFormatGiven, stdout: io.stdout, color });

  function note(text: string): void {
    if (!flags.quiet) io.stderr.write(`${plainText(text)}\n`);
  }

  const settings = once(async () => {
    const { loadSettings } = await import("../config/load-settings.ts");
    const { env, home, cwd, platform } = io;
    const loaded = await loadSettings({
      env,
      home,
      cwd,
      platform,
      ...(flags.credentialsFile && { credentialsFile: flags.credentialsFile }),
    });
    for (const warning of loaded.warnings) note(`warning: ${warning}`);
    checkNamedFile(loaded);
    return loaded;
  });

  const aura = once(async () => {
    const loaded = await settings();
    const { openAura } = await import("./open-aura.ts");
    return openAura(loaded, {
      io,
      verbose: flags.verbose,
      note,
      onUnanswered: (request) => void (unanswered = request),
    });
  });

  const state = once(async () => {
    const { journalPath } = await settings();
    if (journalPath === undefined) {
      throw new CliError(
        "FILE",
        "Cannot remember anything: there is no home folder for the journal",
        "set AURA_WAKE_JOURNAL to a file",
      );
    }
    const { openSqlite } = await import("../store/sqlite.ts");
    const opened = await openSqlite(journalPath);
    endings.push(() => opened.close());
    return opened;
  });

  const context: Context = {
    io,
    flags,
    print,
    signal: io.signal,
    settings,
    aura,
    state,
    note,
    async credentials(name) {
      const { databaseCredentials, listCredentialNames } = await import(
        "../config/database-credentials.ts"
      );
      const found = await databaseCredentials(name, io);
      if (!("problem" in found)) {
        for (const warning of found.warnings) note(`warning: ${warning}`);
        return found;
      }
      const names = await listCredentialNames(io);
      throw new CliError(
        "NOT_FOUND",
        `Cannot use the database credentials "${name}": ${found.problem}`,
        names.length === 0 ? undefined : `there are ${names.join(", ")}`,
      );
    },
    async instance(named) {
      const wanted = named ?? (await settings()).instanceId;
      if (wanted === undefined) {
        throw new CliError(
          "USAGE",
          "Cannot tell which instance is meant: none is named, and AURA_INSTANCEID is not set",
          "give its id or name; aura-wake instances list shows what there is",
        );
      }
      const { findInstance } = await import("./instances/find-instance.ts");
      return await findInstance(await aura(), wanted, io.signal);
    },
    progress() {
      const { stderr, clock } = io;
      const isLive = stderr.isTty && !isDumb;
      const progress = startProgress({ stderr, clock, quiet: flags.quiet, isLive });
      endings.push(() => progress.end());
      return progress;
    },
    async ask(question) {
      const { ask } = await import("./input/prompt.ts");
      const answer = await ask(question, io.signal);
      if (answer === undefined) {
        throw new CliError(
          "INTERRUPTED",
          "Cannot go on: nothing was answered, and nothing was sent",
        );
      }
      return answer;
    },
    onEnd: (action) => void endings.push(action),
  };

  return {
    context,
    unanswered: () => unanswered,
    async close() {
      // One that fails keeps no other from ending, and hides no error of the command.
      for (const end of endings.reverse()) {
        try {
          await end();
        } catch (error) {
          note(`warning: cannot end cleanly: ${String(Object(error).message ?? error)}`);
        }
      }
    },
  };
}

/** Who names a file does not want what stands elsewhere. @throws {CliError} FILE when it cannot be used */
function checkNamedFile({ credentialsFileProblem: problem }: LoadedSettings): void {
  if (problem === undefined) return;
  throw new CliError("FILE", `Cannot use the credentials file: ${problem.message}`);
}

/** What a first call makes, all later ones get. */
function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | undefined;
  return () => made ??= make();
}
