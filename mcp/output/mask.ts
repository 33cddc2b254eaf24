/**
 * Takes out of what is told the secrets that the server itself works with, should somebody have sent one back: a proxy in an error, a
 * database in a message.
 *
 * @module
 */
import { spellings } from "../../src/aura/spellings.ts";

/** A short one is no secret, and would be found inside words. */
const SHORTEST = 8;
const SHOWN = "***";

/** The secrets of one caller's account, as they become known. */
export class Mask {
  /** The longest first: one may be a part of another. */
  #forms: readonly string[] = [];

  /** What must not be told from now on. */
  learn(...secrets: readonly (string | undefined)[]): void {
    const forms = secrets
      .filter((secret) => secret !== undefined && secret.length >= SHORTEST)
      .flatMap((secret = "") => [...spellings(secret), encodeURIComponent(secret)]);
    this.#forms = [...new Set([...this.#forms, ...forms])]
      .toSorted((left, right) => right.length - left.length);
  }

  /** The same for a name and a password, which travel together. */
  learnLogin(name: string | undefined, password: string | undefined): void {
    if (password === undefined) return;
    const bytes = new TextEncoder().encode(`${name ?? "neo4j"}:${password}`);
    this.learn(password, btoa(String.fromCharCode(...bytes)));
  }

  /** The text without them. */
  text(text: string): string {
    return this.#forms.reduce((told, form) => told.replaceAll(form, SHOWN), text);
  }

  /** A JSON value without them. */
  deep(value: unknown): unknown {
    if (typeof value === "string") return this.text(value);
    if (typeof value !== "object" || value === null || this.#forms.length === 0) return value;
    if (Array.isArray(value)) return value.map((item) => this.deep(item));
    return Object.fromEntries(
      Object.entries(value).map(([key, member]) => [this.text(key), this.deep(member)]),
    );
  }
}
