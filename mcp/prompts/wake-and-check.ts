/**
 * `wake-and-check`
 *
 * @module
 */
import type { Prompt } from "../prompt.ts";
import { INSTANCE_ARGUMENT, instanceWords, steps, withTool } from "./steps.ts";

/** Wakes an instance and sees whether it works. */
export const wakeAndCheck: Prompt = {
  name: "wake-and-check",
  title: "Wake an instance and check it",
  description: "Wakes a paused instance, waits for it, and checks that its database answers.",
  arguments: { instance: INSTANCE_ARGUMENT },
  needs: ["resume_instance"],
  write({ instance }, offer) {
    const { it, argument } = instanceWords(instance, offer);
    return steps(
      `Wake ${it} and check that it works.`,
      [
        withTool(
          offer,
          "resume_instance",
          (tool) =>
            `Call ${tool}${argument}. One that runs already is fine. If the time was up, call it again: it resumes nothing twice.`,
        ),
        withTool(offer, "read_cypher", (tool) => `Call ${tool}${argument} to run \`RETURN 1\`.`) ??
          "If its state is ready and not queryable, no query was tried: say so.",
        withTool(
          offer,
          "diagnose",
          (tool) =>
            `If something does not answer, call ${tool}${argument} and tell me its verdict and the remedy.`,
        ),
      ],
      "Then tell me in a few sentences what its status was and is, how long that took, and whether a query has answered. Change nothing else.",
    );
  },
};
