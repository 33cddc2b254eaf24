/**
 * Sends what makes something with a secret, so that neither is lost without a word: the answer comes only once.
 *
 * @module
 */
import { mayHaveArrived } from "../../wake/may-have-arrived.ts";
import type { OperateContext } from "../context.ts";
import type { OperateError } from "../operate-error.ts";
import type { SecretPlace } from "../secrets/secret-place.ts";
import { withGrace } from "./grace.ts";

/** A call whose answer has a secret in it. */
export interface OnceCall<Answer> {
  /** "Waiting for the password of the new instance": said to whoever withdraws. */
  readonly waitsFor: string;
  /** Where the secret will go; taken away again when there is none. */
  readonly place: SecretPlace | undefined;
  readonly send: (signal: AbortSignal) => Promise<Answer>;
  /** The error for what may have been made although no answer says so. */
  readonly unconfirmed: (cause: unknown) => OperateError;
}

/**
 * Gives the answer.
 *
 * @throws {OperateError} UNCONFIRMED when it may have been carried out; else what the call failed with
 */
export async function sendOnce<Answer>(
  context: OperateContext,
  { waitsFor, place, send, unconfirmed }: OnceCall<Answer>,
): Promise<Answer> {
  let isSent = false;
  try {
    return await withGrace(context, waitsFor, (signal) => {
      isSent = true;
      return send(signal);
    });
  } catch (error) {
    // There is no secret in it: that it stays is no reason to hide what went wrong.
    await place?.discard().catch(() => {});
    throw isSent && mayHaveArrived(error) ? unconfirmed(error) : error;
  }
}
