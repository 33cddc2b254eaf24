/**
 * A wait whose time is up is no failure: what was waited for goes on.
 *
 * @module
 */
import type { AuraWaitError } from "../../src/aura/wait-error.ts";

/** What was read last, undefined when nothing was. @throws the error, when it is any other */
export function stillGoing<Item>(error: unknown): Item | undefined {
  const { code, last } = Object(error) as Partial<AuraWaitError>;
  if (code !== "AURA_WAIT_DEADLINE") throw error;
  return last as Item | undefined;
}
