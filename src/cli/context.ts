/**
 * What a command works with. Everything is made when it is first asked for: a command that needs no client loads none.
 *
 * @module
 */
import type { LoadedSettings } from "../config/load-settings.ts";
import type { OperateContext } from "../operate/context.ts";
import { OperateError } from "../operate/operate-error.ts";
import { plainText } from "../operate/text/plain-text.ts";
import { directions } from "./directions.ts";
import type { GlobalFlags } from "./global-flags.ts";
import type { Io } from "./io.ts";
import { createPrinter, type Printer } from "./output/printer.ts";
import { startProgress } from "./output/progress.ts";
import { openSecrets } from "./secrets/open-secrets.ts";

/** The command line's own services for one run. */
export interface Context extends OperateContext {
  readonly io: Io;
  readonly flags: GlobalFlags;
  readonly print: Printer;
  /** Asks on the terminal. @throws {OperateError} INTERRUPTED when the person leaves */
  ask(question: string): Promise<string | undefined>;
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
    const { openState } = await import("../operate/open-state.ts");
    const opened = await openState(await settings());
    endings.push(() => opened.close());
    return opened;
  });

  const context: Context = {
    io,
    flags,
    print,
    signal: io.signal,
    clock: io.clock,
    fetch: io.fetch,
    directions,
    secrets: openSecrets(io),
    settings,
    aura,
    state,
    note,
    async credentials(name) {
      const { namedCredentials } = await import("../operate/database/named-credentials.ts");
      return await namedCredentials(name, io, note);
    },
    async instance(named) {
      const { namedInstance } = await import("../operate/instances/named-instance.ts");
      return await namedInstance(context, named);
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
        throw new OperateError(
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

/** Who names a file does not want what stands elsewhere. @throws {OperateError} FILE when it cannot be used */
function checkNamedFile({ credentialsFileProblem: problem }: LoadedSettings): void {
  if (problem === undefined) return;
  throw new OperateError("FILE", `Cannot use the credentials file: ${problem.message}`);
}

/** What a first call makes, all later ones get. */
function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | undefined;
  return () => made ??= make();
}
