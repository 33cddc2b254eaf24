/**
 * What the flags of `aura-wake emulator` mean.
 *
 * @module
 */
import { resolve } from "node:path";
import type { EmulatorOptions, InstanceSeed, PauseMode } from "../../emulator/mod.ts";
import { OperateError } from "../../operate/operate-error.ts";
import { readTextFile } from "../input/read-text.ts";
import { parseWholeNumber } from "../input/whole-number.ts";
import { cypherStatements } from "./cypher-statements.ts";

/** The flags as they were typed. */
export interface EmulatorFlags {
  readonly instances: string | undefined;
  readonly seed: string | undefined;
  readonly "resume-seconds": string | undefined;
  readonly "pause-mode": string | undefined;
  readonly persist: string | undefined;
  readonly port: string | undefined;
  readonly "bolt-port": string | undefined;
  readonly "http-port": string | undefined;
  readonly paused: boolean;
  readonly upstream: string | undefined;
  readonly username: string | undefined;
  readonly type: string | undefined;
}

/** What the world adds. */
export interface EmulatorSurroundings {
  readonly cwd: string;
  /** The value of NEO4J_PASSWORD. */
  readonly password: string | undefined;
}

const MOST_INSTANCES = 100;
const LAST_PORT = 65_535;

/**
 * Reads the flags, and the file with the first data.
 *
 * @throws {OperateError} USAGE for what cannot be meant, FILE when the seed cannot be read
 */
export async function emulatorOptions(
  flags: EmulatorFlags,
  { cwd, password }: EmulatorSurroundings,
): Promise<EmulatorOptions> {
  const { seed, upstream, username, type } = flags;
  const names = readNames(flags.instances);
  if (upstream !== undefined && (seed !== undefined || names.length > 1)) {
    throw usage(`--upstream stands for one instance and its data, without --seed`);
  }
  const resumeSeconds = readSeconds("--resume-seconds", flags["resume-seconds"]);
  const port = readPort("--port", flags.port, 1);
  const boltPort = readPort("--bolt-port", flags["bolt-port"], names.length);
  const httpPort = readPort("--http-port", flags["http-port"], names.length);
  const instances = names.map((name, index): InstanceSeed => ({
    ...(name !== "" && { name }),
    status: flags.paused ? "paused" : "running",
    ...(boltPort !== undefined && { boltPort: boltPort + index }),
    ...(httpPort !== undefined && { httpPort: httpPort + index }),
    ...(type !== undefined && { type }),
    ...(upstream !== undefined && { upstream }),
    ...(username !== undefined && { username }),
    ...(password !== undefined && { password }),
  }));
  checkPorts(port, instances);
  const cypher = seed === undefined ? undefined : cypherStatements(
    await readTextFile(resolve(cwd, seed), { suggestion: "give --seed a file of Cypher" }),
  );
  return {
    instances: cypher === undefined ? instances : instances.map((each) => ({ ...each, cypher })),
    ...(port !== undefined && { port }),
    ...(resumeSeconds !== undefined && { resumeMs: Math.round(resumeSeconds * 1_000) }),
    ...(flags["pause-mode"] !== undefined && { pauseMode: flags["pause-mode"] as PauseMode }),
    ...(flags.persist !== undefined && { persist: resolve(cwd, flags.persist) }),
  };
}

/** `3` makes three, `orders,stock` makes two of these names; the empty name is for the emulator to choose. */
function readNames(text: string | undefined): string[] {
  if (text === undefined) return [""];
  if (/^\d+$/.test(text)) {
    const count = parseWholeNumber("--instances", text, { least: 1, most: MOST_INSTANCES });
    return Array.from({ length: count }, (_, index) => index === 0 ? "" : `demo-${index + 1}`);
  }
  const names = text.split(",").map((name) => name.trim());
  if (names.includes("")) throw usage(`--instances has a name that is empty, got "${text}"`);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw usage(`--instances names "${twice}" twice`);
  return names;
}

/** The number for the first instance; the others take those after it. */
function readPort(flag: string, text: string | undefined, count: number): number | undefined {
  if (text === undefined) return undefined;
  const port = parseWholeNumber(flag, text, { least: 0, most: LAST_PORT - count + 1 });
  return port === 0 ? undefined : port;
}

/** A database that is paused shows nobody that its port is taken. */
function checkPorts(port: number | undefined, instances: readonly InstanceSeed[]): void {
  const all = [port, ...instances.flatMap(({ boltPort, httpPort }) => [boltPort, httpPort])]
    .filter((each) => each !== undefined);
  const twice = all.find((each, index) => all.indexOf(each) !== index);
  if (twice !== undefined) throw usage(`two doors would have port ${twice}`);
}

function readSeconds(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,6}(?:\.\d{1,3})?$/.test(text)) return Number(text);
  throw usage(`${flag} must be a number of seconds such as 5 or 0.5, got "${text}"`);
}

function usage(what: string): OperateError {
  return new OperateError(
    "USAGE",
    `Cannot read the arguments: ${what}`,
    "see aura-wake emulator --help",
  );
}
