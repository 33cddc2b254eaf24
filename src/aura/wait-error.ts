/**
 * How a wait for something that Aura does can end badly.
 *
 * @module
 */
import { AuraWakeError } from "../errors.ts";

/**
 * What was waited for did not come: `code` is `"AURA_WAIT_FAILED"` when it cannot come any more, `"AURA_WAIT_DEADLINE"` when time
 * was up and Aura goes on with it.
 */
export class AuraWaitError extends AuraWakeError {
  declare readonly code: "AURA_WAIT_FAILED" | "AURA_WAIT_DEADLINE";
  /** The last thing that was read: the instance, the job, …; undefined when nothing was. */
  readonly last: unknown;

  constructor(
    code: "AURA_WAIT_FAILED" | "AURA_WAIT_DEADLINE",
    message: string,
    last: unknown,
    options?: ErrorOptions,
  ) {
    super(code, message, options);
    this.name = "AuraWaitError";
    this.last = last;
  }
}
