/**
 * Puts a question to a person, and does not wait for the answer for ever.
 *
 * @module
 */
import type { Clock } from "../../src/clock.ts";
import type { Progress } from "../../src/operate/progress.ts";
import { oneLine } from "../output/clean-text.ts";
import type { Person } from "./question.ts";

/** How long a question may stay open. */
const ANSWER_MS = 300_000;

/** What came of it. */
export type PersonAnswer =
  | { readonly action: "accept"; readonly value?: string | undefined }
  | { readonly action: "decline" | "cancel" }
  /** Nobody answered. */
  | { readonly action: "late" }
  /** The client did not manage to ask. */
  | { readonly action: "failed"; readonly why: string };

/** What asking takes. */
export interface Asking {
  readonly person: Person;
  readonly form: { readonly message: string; readonly typed?: string | undefined };
  /** The call's own. */
  readonly signal: AbortSignal;
  readonly clock: Clock;
  /** Keeps the client patient. */
  readonly progress: Progress;
}

/** Asks. @throws the signal's reason when the call was cancelled meanwhile */
export async function askPerson(asking: Asking): Promise<PersonAnswer> {
  const { person, form, signal, clock, progress } = asking;
  const over = new AbortController();
  const both = AbortSignal.any([signal, over.signal]);
  progress.show("Waiting for the user's answer");
  try {
    return await Promise.race([
      answered(person, form, both),
      late(clock, both),
    ]);
  } catch (error) {
    signal.throwIfAborted();
    return { action: "failed", why: oneLine(textOf(error), { max: 300 }) };
  } finally {
    progress.end();
    // Closes the question at the client, and ends the timer.
    over.abort(new DOMException("The question is closed", "AbortError"));
  }
}

async function answered(
  person: Person,
  form: Asking["form"],
  signal: AbortSignal,
): Promise<PersonAnswer> {
  const { action, value } = await person.ask(form, signal);
  signal.throwIfAborted();
  return action === "accept"
    ? { action, value }
    : { action: action === "cancel" ? "cancel" : "decline" };
}

/** Also where a client obeys no signal: the sleep ends with the call. */
async function late(clock: Clock, signal: AbortSignal): Promise<PersonAnswer> {
  await clock.sleep(ANSWER_MS, { signal, background: true });
  return { action: "late" };
}

function textOf(error: unknown): string {
  const { message } = Object(error) as Partial<Error>;
  return message ?? String(error);
}
