/**
 * One request on its way through one mount.
 *
 * @module
 */
import type { Context } from "hono";
import type { Waker } from "../wake/waker.ts";
import type { WakeOptions } from "./options.ts";
import type { RequestView } from "./request-view.ts";

/** What the parts of the middleware share about a request. */
export interface Passage {
  readonly c: Context;
  readonly view: RequestView;
  readonly waker: Waker;
  readonly options: WakeOptions;
  /** The middleware itself, to be found among the matched routes. */
  readonly self: unknown;
}

/** A WebSocket's beginning has no response that could be held back or made twice. */
export function isUpgrade(c: Context): boolean {
  return c.req.raw.headers.has("Upgrade");
}

/** Whether a request asks for something and changes nothing. */
export function isSafe(c: Context): boolean {
  return /^(GET|HEAD)$/.test(c.req.method);
}
