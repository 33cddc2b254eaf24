/**
 * A child process together with everything that it started.
 *
 * @module
 */
import { spawnSync } from "node:child_process";
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";

/** Windows has no process groups: there a child can be ended, but not what it left behind. */
export const hasGroups: boolean = process.platform !== "win32";

/** Ends every process of the group at once. */
export function endGroup(group: number | undefined): void {
  if (!hasGroups || group === undefined) return;
  try {
    process.kill(-group, "SIGKILL");
  } catch {
    // Nothing is left of it.
  }
}

/** Waits for the group to be empty, ends what is not, and returns the command lines of that. */
export async function clearGroup(group: number | undefined, graceMs: number): Promise<string[]> {
  const patience = performance.now() + graceMs;
  let left = membersOf(group);
  while (left.length > 0 && performance.now() < patience) {
    await sleep(100);
    left = membersOf(group);
  }
  if (left.length > 0) endGroup(group);
  return left;
}

function membersOf(group: number | undefined): string[] {
  if (!hasGroups || group === undefined) return [];
  const listing = spawnSync("ps", ["-eo", "pgid=,stat=,args="], { encoding: "utf8" }).stdout ?? "";
  return listing.split("\n")
    .map((line) => line.trim().split(/\s+/))
    .filter(([pgid, state]) => pgid === String(group) && state?.startsWith("Z") === false)
    .map(([, , ...command]) => command.join(" ").slice(0, 120));
}
