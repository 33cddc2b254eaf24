/**
 * Runs a local Aura until Ctrl-C: prints the variables that an app needs, then obeys the words `pause`, `resume` and `status`.
 *
 * @module
 */

import process from "node:process";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { type Emulator, type PauseMode, startEmulator } from "../src/emulator/mod.ts";

const usage = `Usage: npm run emulator -- [options]

  --port <n>         port of the control plane (default: any free one)
  --bolt-port <n>    port of the database (default: any free one)
  --http-port <n>    port of the Query API (default: any free one)
  --paused           begin with the database paused
  --pause-mode <m>   refuse, reset, silent, unavailable or unresolvable (default: refuse)
  --resume-ms <n>    how long a resume takes (default: 5000)
  --cypher <text>    statement that makes the first data
  --upstream <uri>   a real Neo4j, bolt://host:port, instead of the built-in engine
  --username <name>  how it is signed in to (default: neo4j)
  --password <word>  (default: local-aura-password)
  --help
`;

const pauseModes: readonly string[] = ["refuse", "reset", "silent", "unavailable", "unresolvable"];

try {
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.stderr.write("See npm run emulator -- --help\n");
  process.exitCode = 2;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: "string" },
      "bolt-port": { type: "string" },
      "http-port": { type: "string" },
      paused: { type: "boolean", default: false },
      "pause-mode": { type: "string", default: "refuse" },
      "resume-ms": { type: "string", default: "5000" },
      cypher: { type: "string" },
      upstream: { type: "string" },
      username: { type: "string" },
      password: { type: "string" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) {
    process.stdout.write(usage);
    return;
  }
  const { cypher, upstream, username, password } = values;
  const emulator = await startEmulator({
    port: toNumber("port", values.port ?? "0"),
    resumeMs: toNumber("resume-ms", values["resume-ms"]),
    pauseMode: toPauseMode(values["pause-mode"]),
    instances: [{
      status: values.paused ? "paused" : "running",
      boltPort: toNumber("bolt-port", values["bolt-port"] ?? "0"),
      httpPort: toNumber("http-port", values["http-port"] ?? "0"),
      ...(cypher === undefined ? {} : { cypher }),
      ...(upstream === undefined ? {} : { upstream }),
      ...(username === undefined ? {} : { username }),
      ...(password === undefined ? {} : { password }),
    }],
  });
  const variables = Object.entries(emulator.env()).map(([name, value]) =>
    `export ${name}='${value.replaceAll("'", String.raw`'\''`)}'`
  );
  process.stdout.write(`${variables.join("\n")}\n`);
  process.stderr.write(
    `\nThe local Aura is up, the database is ${emulator.status()}. ` +
      "Type pause, resume or status; Ctrl-C ends it.\n",
  );
  serve(emulator);
}

let stopping = false;

function serve(emulator: Emulator): void {
  const lines = createInterface({ input: process.stdin });
  lines.on("line", (line) => void obey(emulator, line.trim()));
  function stop(): void {
    if (!stopping) {
      stopping = true;
      lines.close();
      process.stdin.unref?.();
      void emulator.close().then(() => process.exit(0));
    }
  }
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
}

async function obey(emulator: Emulator, command: string): Promise<void> {
  try {
    if (command === "pause") {
      process.stderr.write("pausing\n");
      await emulator.pause(undefined, { gradually: true });
    } else if (command === "resume") {
      process.stderr.write("resuming\n");
      await emulator.resume(undefined, { gradually: true });
    } else if (command !== "status") {
      process.stderr.write("Type pause, resume or status\n");
      return;
    }
    process.stderr.write(`${emulator.status() ?? "gone"}\n`);
  } catch (error) {
    // What was waited for is gone with the instances when it ends.
    if (stopping) return;
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  }
}

function toNumber(name: string, text: string): number {
  if (!/^\d+$/.test(text)) {
    throw new Error(`Cannot read --${name}: it must be a whole number, got "${text}"`);
  }
  return Number(text);
}

function toPauseMode(text: string): PauseMode {
  if (!pauseModes.includes(text)) {
    throw new Error(`Cannot read --pause-mode: it must be ${pauseModes.join(", ")}, got "${text}"`);
  }
  return text as PauseMode;
}
