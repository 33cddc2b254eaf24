/**
 * `why-is-it-down`
 *
 * @module
 */
import type { Prompt } from "../prompt.ts";
import { INSTANCE_ARGUMENT, instanceWords, steps, withTool } from "./steps.ts";

/** Finds out, and changes nothing. */
export const whyIsItDown: Prompt = {
  name: "why-is-it-down",
  title: "Why is my database down?",
  description:
    "Finds out why an instance cannot be connected to and says what to do. Changes nothing.",
  arguments: { instance: INSTANCE_ARGUMENT },
  needs: ["get_instance"],
  write({ instance }, offer) {
    const { it, argument } = instanceWords(instance, offer);
    return steps(
      `Find out why I cannot connect to ${it}. Change nothing.`,
      [
        withTool(
          offer,
          "get_instance",
          (tool) => `Call ${tool}${argument} and look at the status.`,
        ),
        withTool(
          offer,
          "resume_instance",
          (tool) =>
            `If it is paused, that is why: offer to wake it with ${tool}, and wait for my answer.`,
        ) ??
          "If it is paused, that is why: this server may not wake it, so tell me to do that in the Aura console.",
        "If it is on its way (creating, resuming, restoring, updating …), it will be there in some minutes.",
        withTool(
          offer,
          "diagnose",
          (tool) =>
            `If it is running, call ${tool}${argument} and read its checks from the first that found trouble.`,
        ),
      ],
      "Then tell me the cause in one sentence, what you have seen that shows it, and what to do next.",
    );
  },
};
