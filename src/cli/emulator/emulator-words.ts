/**
 * The words that a running `aura-wake emulator` obeys: `pause`, `resume` and `status`, each for one instance or the first.
 *
 * @module
 */
import type { Emulator, InstanceEntry } from "../../emulator/mod.ts";
import { nearest } from "../../operate/text/nearest.ts";

const WORDS = ["pause", "resume", "status"] as const;

/** Does what a line says; what came of it is told line by line. Never throws. */
export async function obey(
  emulator: Emulator,
  line: string,
  tell: (text: string) => void,
): Promise<void> {
  const [, word = "", named = ""] = /^\s*(\S*)\s*(.*?)\s*$/.exec(line) ?? [];
  if (word === "") return;
  try {
    const chosen = choose(emulator.instances(), named);
    if (word === "status") {
      // Without a name it is about all of them.
      for (const each of named === "" ? emulator.instances() : [chosen]) tell(statusText(each));
    } else if (word === "pause" || word === "resume") {
      tell(`${chosen.name} (${chosen.id}): ${word === "pause" ? "pausing" : "resuming"}`);
      await emulator[word](chosen.id, { gradually: true });
      tell(`${chosen.name} (${chosen.id}): ${emulator.status(chosen.id) ?? "gone"}`);
    } else {
      const [guess] = nearest(word, WORDS);
      tell(`Type pause, resume or status${guess === undefined ? "" : `: did you mean ${guess}?`}`);
    }
  } catch (error) {
    tell(error instanceof Error ? error.message : String(error));
  }
}

/** `demo (a1b2c3d4): running` */
export function statusText({ id, name, status }: InstanceEntry): string {
  return `${name} (${id}): ${status}`;
}

function choose(instances: readonly InstanceEntry[], named: string): InstanceEntry {
  const found = named === ""
    ? instances[0]
    : instances.find(({ id }) => id === named) ?? instances.find(({ name }) => name === named);
  if (found !== undefined) return found;
  if (named === "") throw new Error("There is no instance any more");
  const names = instances.map(({ name }) => name).join(", ");
  throw new Error(`There is no instance "${named}"; there are ${names === "" ? "none" : names}`);
}
