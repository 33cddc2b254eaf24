/**
 * Is Neo4j's own aura-cli here, and may it use the beta versions of the API?
 *
 * @see https://neo4j.com/docs/aura/aura-cli/
 * @module
 */
import { execFile } from "node:child_process";
import { access, constants, readFile } from "node:fs/promises";
import { delimiter, isAbsolute, join } from "node:path";
import { type Finding, fine, unchecked, wrong } from "./check.ts";
import type { AuraCliPlace, Examination } from "./examination.ts";

/** Asks it for its version. That it is missing is no trouble: nothing here needs it. */
export async function checkAuraCli(
  { auraCli }: Examination,
  signal: AbortSignal,
): Promise<Finding | undefined> {
  if (auraCli === undefined) return undefined;
  const path = await find(auraCli);
  if (path === undefined) return unchecked("aura-cli is not installed, and nothing here needs it");
  let version: string;
  try {
    version = await askVersion(path, signal);
  } catch (error) {
    signal.throwIfAborted();
    const { code, name, message } = Object(error) as NodeJS.ErrnoException;
    if (name === "NotCapable" || code === "EPERM" || code === "ERR_ACCESS_DENIED") {
      return unchecked(`${path} may not be run from here`);
    }
    return wrong(`${path} --version failed: ${message}`, "install aura-cli again");
  }
  const isBeta = await readBeta(auraCli.configFile);
  return isBeta ? fine(`${path}, version ${version}, beta commands on`) : fine(
    `${path}, version ${version}, beta commands off`,
    "its import and data-api commands want aura-cli config set beta-enabled true",
  );
}

async function find({ env, platform }: AuraCliPlace): Promise<string | undefined> {
  const named = env("AURA_CLI");
  if (named && (isAbsolute(named) || /[/\\]/.test(named))) {
    return await isProgram(named) ? named : undefined;
  }
  const base = named || "aura-cli";
  const names = platform === "win32" ? [`${base}.exe`, base] : [base];
  for (const folder of (env("PATH") ?? "").split(delimiter)) {
    for (const name of names) {
      if (folder !== "" && await isProgram(join(folder, name))) return join(folder, name);
    }
  }
  return undefined;
}

async function isProgram(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function askVersion(path: string, signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(path, ["--version"], { signal, maxBuffer: 65_536 }, (error, stdout, stderr) => {
      if (error) return reject(error);
      const said = `${stdout}${stderr}`.trim();
      resolve(/\d+\.\d+[\w.+-]*/.exec(said)?.[0] ?? (said.slice(0, 40) || "unknown"));
    });
  });
}

async function readBeta(path: string | undefined): Promise<boolean> {
  try {
    const { aura } = JSON.parse(await readFile(path ?? "", "utf8")) as {
      aura?: Record<string, unknown>;
    };
    return String(aura?.["beta-enabled"]) === "true";
  } catch {
    return false;
  }
}
