import { type ChildProcess, spawn } from "node:child_process";
import process from "node:process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Emulator, EmulatorOptions } from "../../../src/emulator/mod.ts";

/** As much of an emulator in another process as its clients see. */
export interface KilledEmulator {
  readonly emulator: Emulator;
  /** With SIGKILL; resolves when it is dead. */
  kill(): Promise<void>;
}

/** Starts an emulator in a process of its own. */
export async function startToKill(options: EmulatorOptions): Promise<KilledEmulator> {
  const file = fileURLToPath(new URL("./start-and-stay.ts", import.meta.url));
  const run = "Deno" in globalThis ? ["run", "-A", "--no-check", file] : [file];
  const child = spawn(process.execPath, [...run, JSON.stringify(options)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const { url, env } = JSON.parse(await firstLine(child)) as {
    url: string;
    env: Record<string, Record<string, string>>;
  };
  const known = {
    url,
    env: (id?: string) => (id === undefined ? Object.values(env)[0] : env[id]) ?? {},
  };
  return {
    emulator: known as Emulator,
    kill: () =>
      new Promise((resolve) => {
        child.once("close", () => resolve());
        child.kill("SIGKILL");
      }),
  };
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error("no output");
  for await (const line of createInterface(child.stdout)) return line;
  throw new Error("Cannot start the process: it said nothing");
}
