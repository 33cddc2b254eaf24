/**
 * Who calls: what differs between the callers of one server.
 *
 * @module
 */
import type { Mode } from "./mode.ts";
import type { Toolset } from "./tool.ts";

/** What a caller may ask for, within what the operator allows: it can only become less. */
export interface Narrowing {
  readonly mode?: Mode | undefined;
  readonly toolsets?: readonly Toolset[] | undefined;
  readonly tools?: readonly string[] | undefined;
  readonly excludeTools?: readonly string[] | undefined;
  /** Id or exact name of a project. */
  readonly project?: string | undefined;
  /** Id or exact name of an instance. */
  readonly instance?: string | undefined;
}

/** One caller. */
export interface Caller {
  /** Tells callers apart: "local" on stdio, else the subject of a token or the hash of credentials. Never a secret. */
  readonly id: string;
  /** The caller's own key of the Aura API. @default the server's */
  readonly aura?: { readonly clientId: string; readonly clientSecret: string } | undefined;
  readonly narrowing?: Narrowing | undefined;
}

/** The one on the other end of stdin. */
export const LOCAL_CALLER: Caller = { id: "local" };
