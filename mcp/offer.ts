/**
 * What the server offers to one caller: what its instructions, prompts and `aura://config` speak of.
 *
 * @module
 */
import type { Mode } from "./mode.ts";
import type { Scope } from "./scope.ts";
import type { Toolset } from "./tool.ts";

/** What one caller has been offered. */
export interface Offer {
  readonly mode: Mode;
  readonly scope: Scope;
  /** Those that are switched on; the mode may leave little of one. */
  readonly toolsets: readonly Toolset[];
  /** Names, as they are listed. */
  readonly tools: readonly string[];
  /** Those of them that may have to ask a person. */
  readonly asking: readonly string[];
  /** Those that might ask, were it not that the operator said that they need not. */
  readonly unasked: readonly string[];
  readonly confirm: "ask" | "token";
  /** The name under which a tool is listed; undefined where it is not. */
  readonly nameOf: (tool: string) => string | undefined;
  /** Where the caller's key of the Aura API and the like come from. */
  readonly origin: () => Promise<Origin>;
}

/** Where things come from and go to: names and places, never a value that is secret. */
export interface Origin {
  /** The key of the Aura API, in words. */
  readonly key: string;
  readonly baseUrl: string;
  /** The file of import jobs; undefined where this is not the caller's to know. */
  readonly journal: string | undefined;
  readonly settings: readonly OriginRow[];
  /** What is wrong, or odd. */
  readonly problems: readonly string[];
}

/** One setting. */
export interface OriginRow {
  readonly setting: string;
  /** Undefined for what is not shown to a model: secrets, and who signs in. */
  readonly value: string | undefined;
  readonly from: string;
}
