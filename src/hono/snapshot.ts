/**
 * What a context was before its handler ran, so that the handler can run again, or its leavings can be taken off an answer.
 *
 * @module
 */
import type { Context } from "hono";
import type { StatusCode } from "hono/utils/http-status";

/** For headers that others may have set, too. */
export const APPEND = { append: true } as const;

/** Taken before `next()` on every request: it reads and changes nothing. */
export interface Snapshot {
  /** A response that the app would make now: it has the status and the headers that were prepared. */
  readonly response: Response;
  readonly vars: Readonly<Record<string, unknown>>;
  readonly layout: ReturnType<Context["getLayout"]>;
  readonly raw: Request;
  readonly routeIndex: number;
}

/** Looks at the context without touching it. */
export function takeSnapshot(c: Context): Snapshot {
  return {
    response: c.newResponse(null),
    vars: c.var,
    layout: c.getLayout(),
    raw: c.req.raw,
    routeIndex: c.req.routeIndex,
  };
}

/** Puts the context back, except for the request's body. With `keepVars` the variables stay as they are. */
export function restore(c: Context, before: Snapshot, keepVars?: boolean): void {
  c.res = undefined;
  c.finalized = false;
  c.error = undefined;
  c.status(before.response.status as StatusCode);
  for (const name of [...c.newResponse(null).headers.keys()]) c.header(name);
  for (const [name, value] of before.response.headers) c.header(name, value, APPEND);
  c.setLayout(before.layout as Parameters<Context["setLayout"]>[0]);
  if (keepVars) return;
  for (const name of Object.keys(c.var)) c.set(name, before.vars[name]);
}
