/**
 * What the state of a GraphQL Data API means for whoever waits for another.
 *
 * @module
 */
import type { DataApi } from "./data-api.ts";
import type { Judgement } from "./waiter.ts";

/** The two spellings of the one reason. */
const BAD_SCHEMA = /^invalid-type-?defs$/;

/** Whether it is as wanted, on its way, or will not come. */
export function judgeDataApi({ status, errors }: DataApi, wanted: string): Judgement {
  if (wanted === "gone") return "waiting";
  const why = `it is "${status}"`;
  if (status === "deleting") return { why, next: "create another Data API", atOnce: true };
  const told = errors.map(({ message }) => message).join("; ");
  const isBadSchema = errors.some(({ reason }) => BAD_SCHEMA.test(reason ?? ""));
  // While it is updated, the problems may still be those of the type definitions before.
  const isWrong = wanted === "ready" && status !== "updating" && status !== "resuming" &&
    (isBadSchema || (told !== "" && status === wanted));
  if (status !== "error" && !isWrong) return status === wanted ? "done" : "waiting";
  const isServing = status === "ready" && isBadSchema;
  return {
    // It answers all the same, by the type definitions that it had before.
    why: isServing
      ? `the new type definitions were not taken: ${told}`
      : told
      ? `${why}: ${told}`
      : why,
    next: told
      ? "correct the type definitions and update it"
      : "look at it in the Aura console, or delete it and create it again",
  };
}
