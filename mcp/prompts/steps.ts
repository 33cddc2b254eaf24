/**
 * How prompts are written: what is wanted, and the steps to it with the tools that there are.
 *
 * @module
 */
import type { Offer } from "../offer.ts";
import { oneLine } from "../output/clean-text.ts";
import type { PromptArgument } from "../prompt.ts";
import { completeInstanceName } from "../resources/visible-instances.ts";

/** The instance that a prompt is about; it is gone where the server is narrowed to one. */
export const INSTANCE_ARGUMENT: PromptArgument = {
  description: "Id or exact name of the instance",
  required: true,
  complete: completeInstanceName,
};

/** Puts the steps that there are under one sentence, with numbers, and what is to be told at the end. */
export function steps(
  aim: string,
  all: readonly (string | undefined)[],
  end: string,
): string {
  const numbered = all
    .filter((step) => step !== undefined)
    .map((step, index) => `${index + 1}. ${step}`);
  return [aim, "", ...numbered, "", end].join("\n");
}

/** A step that takes a tool; undefined where it is not listed. */
export function withTool(
  { nameOf }: Pick<Offer, "nameOf">,
  tool: string,
  step: (name: string) => string,
): string | undefined {
  const name = nameOf(tool);
  return name === undefined ? undefined : step(`\`${name}\``);
}

/** What somebody has typed, as it stands in a sentence: it ends where its quotes do. */
export function given(value: string, max: number = 100): string {
  return JSON.stringify(oneLine(value, { max }));
}

/** The instance in a sentence, and as an argument. */
export interface InstanceWords {
  /** `the Aura instance "orders"` */
  readonly it: string;
  /** ` with instance "orders"`; empty where no tool takes it. */
  readonly argument: string;
  /** ` and instance "orders"` */
  readonly alsoArgument: string;
}

/** Puts it into words. */
export function instanceWords(
  name: string | undefined,
  { scope }: Pick<Offer, "scope">,
): InstanceWords {
  if (name === undefined || scope.instance !== undefined) {
    return { it: "the Aura instance of this server", argument: "", alsoArgument: "" };
  }
  const text = given(name);
  return {
    it: `the Aura instance ${text}`,
    argument: ` with instance ${text}`,
    alsoArgument: ` and instance ${text}`,
  };
}
