/**
 * A client of the scripted Aura API, under a clock moved by hand.
 *
 * @module
 */
import { type Aura, createAura } from "../../src/aura/aura.ts";
import type { AuraOptions } from "../../src/aura/settings.ts";
import { type ManualClock, manualClock } from "../helpers/manual-clock.ts";
import { type FakeAura, fakeAura, type Responder } from "./fake-aura.ts";

export interface Client {
  readonly aura: Aura;
  readonly clock: ManualClock;
  readonly fake: FakeAura;
  /** What was sent: "METHOD path body". */
  readonly sent: () => string[];
}

export function client(api: Responder, options: Partial<AuraOptions> = {}): Client {
  const fake = fakeAura({ api });
  const clock = manualClock();
  const aura = createAura({
    credentials: { token: "ready" },
    fetch: fake.fetch,
    clock,
    ...options,
  });
  const sent = (): string[] =>
    fake.calls.map(({ method, path, body }) => `${method} ${path} ${body}`.trimEnd());
  return { aura, clock, fake, sent };
}

/** A responder that gives the answers in turn, and the last one for ever. */
export function inTurn(...answers: readonly Responder[]): Responder {
  return (seen, count) => {
    const answer = answers[Math.min(count, answers.length) - 1];
    if (!answer) throw new Error("Cannot answer: there are no answers");
    return answer(seen, count);
  };
}

/** An answer with this under `data`. */
export function data(value: unknown, status = 200): Responder {
  return () => Response.json({ data: value }, { status });
}

/** The ids that no call may send: they would lead to another endpoint. */
export const BAD_IDS = ["", ".", "..", "a/b", "a?b", "a b", "a#b", "%2e%2e", "a\\b"];
