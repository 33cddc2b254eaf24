/**
 * Prints what happens, as it happens: seconds, a word, the rest.
 *
 * @module
 */
import process from "node:process";

/** Prints one line of the timeline. */
export interface Timeline {
  (word: string, text: string): void;
  blank(): void;
}

/** Starts the clock. Colours on a terminal, unless `NO_COLOR` is set. */
export function timeline(): Timeline {
  const began = performance.now();
  const colours = Boolean(process.stdout.isTTY) && !process.env["NO_COLOR"];
  function paint(code: number, text: string): string {
    return colours ? `\u001b[${code}m${text}\u001b[0m` : text;
  }
  function line(word: string, text: string): void {
    const seconds = ((performance.now() - began) / 1000).toFixed(2).padStart(6);
    const bad = word === "WRONG" || word === "refused";
    process.stdout.write(
      `${paint(2, `${seconds} s`)}  ${paint(bad ? 31 : 36, word.padEnd(10))} ${text}\n`,
    );
  }
  return Object.assign(line, { blank: () => void process.stdout.write("\n") });
}
