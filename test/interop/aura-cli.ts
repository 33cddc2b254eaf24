/**
 * Neo4j's own command line, run against a local Aura.
 *
 * @module
 */
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Emulator } from "../../src/emulator/mod.ts";

/** What a command printed. */
export interface Said {
  readonly text: string;
  /** Its JSON, without what is printed around it. */
  readonly json: unknown;
}

/** The program with a home of its own. */
export interface AuraCli extends AsyncDisposable {
  /** Rejects with what was printed when it says that there is an error: its exit code is 0 all the same. */
  run(...words: string[]): Promise<Said>;
}

/** Sets the program up as its user would, in a folder that is deleted in the end. */
export async function openAuraCli(binary: string, emulator: Emulator): Promise<AuraCli> {
  const home = await mkdtemp(join(tmpdir(), "aura-cli-"));
  const env = {
    HOME: home,
    XDG_CONFIG_HOME: join(home, "config"),
    AURA_BASE_URL: emulator.url,
    AURA_AUTH_URL: `${emulator.url}/oauth/token`,
  };

  async function run(...words: string[]): Promise<Said> {
    const { stdout, stderr } = await promisify(execFile)(binary, words, { env });
    const text = stdout + stderr;
    if (/^Error: /m.test(text)) throw new Error(text);
    const json = text.slice(text.indexOf("{"), text.lastIndexOf("}") + 1);
    return { text, json: json === "" ? undefined : JSON.parse(json) };
  }

  await run("config", "set", "beta-enabled", "true");
  await run("config", "set", "output", "json");
  const { AURA_CLIENT_ID: id = "", AURA_CLIENT_SECRET: secret = "" } = emulator.env();
  const key = ["--client-id", id, "--client-secret", secret];
  await run("credential", "add", "--name", "local", ...key);
  return { run, [Symbol.asyncDispose]: () => rm(home, { recursive: true }) };
}
