/**
 * What `aura-wake wake` prints.
 *
 * @module
 */
import type { Context } from "../context.ts";

/** What a wake came to, as it is printed. */
export interface WakeResult {
  readonly id: string;
  readonly name: string;
  /** What the Aura API said last: a database may answer some moments before the API says that it runs. */
  readonly status: string;
  /** Aura was asked from here, and accepted. */
  readonly resumed: boolean;
  readonly took_ms: number;
  /** Who said that it is awake. */
  readonly by: "query" | "status";
}

/** Prints it: a sentence for eyes, everything for programs. */
export function printWake(
  { print }: Context,
  { result, text }: { readonly result: WakeResult; readonly text: string },
): void {
  if (print.format === "table") print.text(text);
  else print.one(result, {});
}
