/**
 * What a person is asked before something is destroyed.
 *
 * @module
 */

/** A question, and how to make sure that its answer is about what is there when it comes. */
export interface Question {
  /** "delete instance orders (a1b2c3d4)" */
  readonly action: string;
  /** "All its data and its snapshots are lost for good." */
  readonly consequence: string;
  /** What the person has to type, where yes is not enough: the exact name. */
  readonly typed?: string | undefined;
  /** What the question is about, as it was read before: plain JSON, such as id, name and status. */
  readonly observed: unknown;
  /** Reads it again after the answer; anything else than before is no consent. */
  readonly observe: () => Promise<unknown>;
}

/** Why something was not done. */
export type NotConfirmedOutcome =
  /** The person said no, or closed the question. */
  | "declined"
  /** The operator chose tokens: here is the preview, and the token for the second call. */
  | "needs_confirmation"
  /** Nobody can be asked, or the server's mode forbids it, or the answer was for something else. */
  | "refused";

/** Thrown by `confirm()`: the call ends here, and nothing was done. */
export class NotConfirmed extends Error {
  readonly outcome: NotConfirmedOutcome;
  /** For the second call, with `--confirm=token`. */
  readonly token: string | undefined;

  constructor(outcome: NotConfirmedOutcome, message: string, token?: string) {
    super(message);
    this.name = "NotConfirmed";
    this.outcome = outcome;
    this.token = token;
  }
}

/** The person on the other side of the client. */
export interface Person {
  /** Asks by a form; where `typed` is wanted, `value` is what was typed. Rejects with the signal's reason. */
  ask(
    form: { readonly message: string; readonly typed?: string | undefined },
    signal: AbortSignal,
  ): Promise<
    { readonly action: "accept" | "decline" | "cancel"; readonly value?: string | undefined }
  >;
}
