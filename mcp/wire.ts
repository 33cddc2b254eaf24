/**
 * The client on the other side of one call, as the tools' framework sees it: the adapter makes it from the SDK's own objects.
 *
 * @module
 */
import type { Person } from "./consent/question.ts";

/** One call's way to its client. */
export interface Wire {
  /** Aborts when the client cancels the call or is gone. */
  readonly signal: AbortSignal;
  /** Tells how far it is, each text with a higher number; undefined when the client did not ask for that. Never throws. */
  readonly progress: ((message: string) => void) | undefined;
  /** Undefined when the client cannot ask anybody. */
  readonly person: Person | undefined;
  /** A resource is another now. */
  readonly changed: (uri: string) => void;
  /** What a confirmation token is bound to, beside the call: whose it is. */
  readonly caller: string;
}

/** What a call answers. */
export interface ToolResult {
  /** The one block of text: JSON equal to `structured`, or the error in words. */
  readonly text: string;
  readonly structured?: Readonly<Record<string, unknown>>;
  readonly isError?: boolean;
}
