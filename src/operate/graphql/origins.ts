/**
 * Origins of web pages, as browsers send them.
 *
 * @module
 */
import { OperateError } from "../operate-error.ts";

/** Checks them: Aura compares texts, so one with a path or a last slash would never match. @throws {OperateError} USAGE */
export function readOrigins(words: readonly string[]): string[] {
  return words.map((word) => {
    const text = word.trim();
    const origin = URL.canParse(text) ? new URL(text).origin : "null";
    if (/^https?:/.test(text) && origin === text) return text;
    throw new OperateError(
      "USAGE",
      `Cannot use "${text}" as an origin: it must be scheme, host and port alone, as in https://app.example.com`,
      /^https?:/.test(text) && origin !== "null" ? `did you mean "${origin}"?` : undefined,
    );
  });
}
