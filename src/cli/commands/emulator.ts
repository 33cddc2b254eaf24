/**
 * `aura-wake emulator`
 *
 * @module
 */
import type { Emulator, EmulatorOptions } from "../../emulator/mod.ts";
import { OperateError } from "../../operate/operate-error.ts";
import { type Command, defineCommand } from "../command.ts";
import type { Context } from "../context.ts";
import { isInBackground } from "../emulator/background.ts";
import { emulatorOptions } from "../emulator/emulator-options.ts";
import { printVariables } from "../emulator/emulator-variables.ts";
import { obey, statusText } from "../emulator/emulator-words.ts";

/** Runs a local Aura until Ctrl-C. To be ended so is what it is for: that is exit code 0. */
export const emulator: Command = defineCommand({
  args: {
    env: { type: "boolean", description: "Print the lines to export, and nothing else" },
    instances: {
      type: "string",
      valueHint: "count or names",
      description: "How many, or their names with commas between (default: one, named demo)",
    },
    seed: {
      type: "string",
      valueHint: "file",
      description: "Cypher that makes the first data of each; a ; at the end of a line ends it",
    },
    type: {
      type: "enum",
      options: [
        "free-db",
        "professional-db",
        "business-critical",
        "enterprise-db",
        "professional-ds",
        "enterprise-ds",
      ],
      description: "What the instances are (default: free-db)",
    },
    paused: { type: "boolean", description: "Begin with every instance paused" },
    "pause-mode": {
      type: "enum",
      valueHint: "mode",
      options: ["refuse", "reset", "silent", "unavailable", "unresolvable"],
      description:
        "What a paused one does to its clients; unresolvable is for apps that take the emulator's own resolver (default: refuse)",
    },
    "resume-seconds": {
      type: "string",
      valueHint: "number",
      description: "How long a resume takes (default: 5)",
    },
    persist: {
      type: "string",
      valueHint: "directory",
      description: "Where everything is kept for the next start (default: nowhere)",
    },
    port: {
      type: "string",
      valueHint: "number",
      description: "The port of the Aura API (default: any free one)",
    },
    "bolt-port": {
      type: "string",
      valueHint: "number",
      description: "The port of the first database; others count on (default: any free ones)",
    },
    "http-port": {
      type: "string",
      valueHint: "number",
      description: "The port of the first Query API; others count on (default: any free ones)",
    },
    upstream: {
      type: "string",
      valueHint: "bolt://host:port",
      description: "A real Neo4j behind the instance (default: the built-in engine)",
    },
    username: {
      type: "string",
      valueHint: "name",
      description: "Who signs in to the database, by NEO4J_PASSWORD where set (default: neo4j)",
    },
  },
  async run(context, flags) {
    const { io } = context;
    const password = io.env("NEO4J_PASSWORD") || undefined;
    const options = await emulatorOptions(flags, { cwd: io.cwd, password });
    const aura = await start(options);
    context.onEnd(() => aura.close());
    // The one that every local Aura has is no secret, and is wanted again in the next shell.
    const isPasswordKnown = password !== undefined && password !== LOCAL_PASSWORD;
    printVariables(context, aura, { onlyEnv: flags.env, isPasswordKnown });
    if (isPasswordKnown) context.note("NEO4J_PASSWORD is taken as it is set, and not printed");
    // In the background of a terminal, reading from it would stop the process.
    const isObeying = !io.stdin.isTty || !await isInBackground();
    context.note(
      `The local Aura is up: ${aura.instances().map(statusText).join(", ")}. ` +
        (isObeying ? "Type pause, resume or status, with a name if you like; " : "") +
        "Ctrl-C ends it",
    );
    await serve(context, aura, isObeying);
    return 0;
  },
});

/** That of a local Aura for which no other was set. */
const LOCAL_PASSWORD = "local-aura-password";

async function start(options: EmulatorOptions): Promise<Emulator> {
  const { startEmulator } = await import("../../emulator/mod.ts");
  try {
    return await startEmulator(options);
  } catch (error) {
    throw startFailure(error);
  }
}

function startFailure(error: unknown): OperateError {
  const { message, code, cause } = Object(error) as NodeJS.ErrnoException;
  const said = String(message ?? error);
  if (code === "EADDRINUSE" || Object(cause).code === "EADDRINUSE") {
    const port = /(?:port |:)(\d{1,5})\b/.exec(said)?.[1];
    return new OperateError(
      "FAILED",
      `Cannot start the local Aura: ${port === undefined ? "a port" : `port ${port}`} is taken`,
      "choose another one, or leave it out for any free one",
      { cause: error },
    );
  }
  return new OperateError(
    "FAILED",
    said.startsWith("Cannot ") ? said : `Cannot start the local Aura: ${said}`,
    undefined,
    { cause: error },
  );
}

/** Obeys what is typed until Ctrl-C. The end of the input is not the end. */
async function serve(
  context: Context,
  aura: Emulator,
  isObeying: boolean,
): Promise<void> {
  const { io, signal } = context;
  const ended = new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
  // What is waited for at the end is gone with the instances.
  const tell = (text: string): void => {
    if (!signal.aborted) context.note(text);
  };
  async function listen(): Promise<void> {
    for await (const line of io.stdin.lines(signal)) void obey(aura, line, tell);
  }
  await Promise.all([isObeying && listen(), ended]);
}
