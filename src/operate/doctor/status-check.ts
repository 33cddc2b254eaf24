/**
 * What does the Aura API say that the instance is doing?
 *
 * @module
 */
import { standingOf } from "../../wake/standing.ts";
import { type Finding, fine, unchecked, wrong } from "./check.ts";
import type { Examination } from "./examination.ts";

/** Judges the status. Only this check may say that an instance is paused: nothing else in the world knows. */
export function checkStatus({ facts: { instance }, directions }: Examination): Finding {
  if (instance === undefined) throw new TypeError("Cannot judge a status: no instance was read");
  const { id, status } = instance;
  const { instances } = directions;
  const told = `the Aura API says ${status}`;
  switch (standingOf(status)) {
    case "serving":
      return fine(told);
    case "asleep":
      return wrong(told, instances.wake(id));
    case "falling-asleep":
      return wrong(told, `${instances.wake(id)} waits for that, then resumes it`);
    case "on-its-way":
      return wrong(told, `${instances.wake(id)} waits until it answers`);
    case "gone":
      return wrong(told, `choose another instance; ${instances.list()} shows what there is`);
    case "broken":
      return wrong(told, "waiting does not mend that: look at it in the Aura console");
    default:
      return unchecked(`${told}, which is not known here`);
  }
}
