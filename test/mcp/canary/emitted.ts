/**
 * Everything that a server lets out, by where it came out.
 *
 * @module
 */
import { type Canaries, hiddenIn, isUnfenced } from "./canaries.ts";

/** One text that came out. */
interface Text {
  readonly where: string;
  readonly text: string;
}

/** Keeps it, and looks through it. */
export class Emitted {
  readonly #texts: Text[] = [];
  readonly #prose: Text[] = [];

  add(where: string, value: unknown): void {
    this.#texts.push({ where, text: typeof value === "string" ? value : JSON.stringify(value) });
  }

  /** Our own words, in which nobody else may speak: errors, questions, progress. */
  addProse(where: string, text: string): void {
    this.#prose.push({ where, text });
  }

  /** All of it, for what else is to be looked for. */
  get all(): string {
    return this.#texts.map(({ text }) => text).join("\n");
  }

  /** The places where something came out. */
  get places(): Set<string> {
    return new Set(this.#texts.map(({ where }) => where));
  }

  /** What must not have come out, each with its place. */
  problems(canaries: Canaries): string[] {
    const hidden = this.#joined().flatMap(({ where, text }) => {
      const found = hiddenIn(text);
      return found === undefined ? [] : [`${where} holds what nobody sees: ${found}`];
    });
    const unfenced = this.#prose.flatMap(({ where, text }) =>
      isUnfenced(text) ? [`${where} lets others speak: ${text}`] : []
    );
    return [...new Set([...this.leaks(canaries), ...hidden, ...unfenced])];
  }

  /** The secrets alone. */
  leaks(canaries: Canaries): string[] {
    const found = new Set<string>();
    const forms = canaries.forms();
    for (const { where, text } of this.#joined()) {
      for (const { name, form } of forms) {
        const at = text.indexOf(form);
        if (at < 0) continue;
        found.add(`${where} holds the ${name}: …${text.slice(Math.max(0, at - 100), at)}<HERE>`);
      }
    }
    return [...found];
  }

  /** One text for each place: what came in pieces may hold a secret across two of them. */
  #joined(): Text[] {
    const places = new Map<string, string[]>();
    for (const { where, text } of this.#texts) {
      places.set(where, [...places.get(where) ?? [], text]);
    }
    return [...places].map(([where, texts]) => ({ where, text: texts.join("") }));
  }
}

/** Runs the work while what it prints is kept, too. */
export async function withConsole(emitted: Emitted, work: () => Promise<void>): Promise<void> {
  const methods = ["debug", "error", "info", "log", "trace", "warn"] as const;
  const { debug, error, info, log, trace, warn } = console;
  for (const method of methods) {
    Object.assign(console, {
      [method]: (...given: unknown[]) => emitted.add(`console.${method}`, given.map(String)),
    });
  }
  try {
    await work();
  } finally {
    Object.assign(console, { debug, error, info, log, trace, warn });
  }
}
