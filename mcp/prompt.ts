/**
 * What a prompt is: words and arguments as data, beside the function that writes it. Nothing here knows the SDK.
 *
 * @module
 */
import type { Offer } from "./offer.ts";
import type { Complete } from "./resource.ts";

/** One argument; all are texts. */
export interface PromptArgument {
  readonly description: string;
  readonly required: boolean;
  /** What it may be. @default nothing is known */
  readonly complete?: Complete;
}

/** Values of arguments; one that is optional may be missing. */
export type PromptValues = Readonly<Record<string, string | undefined>>;

/** A prompt that a person picks. */
export interface Prompt {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** Without `instance` where the server is narrowed to one. */
  readonly arguments: Readonly<Record<string, PromptArgument>>;
  /** Tools without which it makes no sense: where one of them is not listed, the prompt is not either. */
  readonly needs: readonly string[];
  /** Writes what the person would have said; undefined names of tools are of those that are not listed. */
  readonly write: (values: PromptValues, offer: Offer) => string;
}

/** A prompt as one caller has it. */
export interface ServedPrompt extends Omit<Prompt, "needs" | "write"> {
  readonly write: (values: PromptValues) => string;
}
