/**
 * A request's body for the second run of its handler.
 *
 * @module
 */
import type { Context } from "hono";

/**
 * Gives the second run the body that the first one had, or answers false: a consumed body must never come back as an empty
 * one. A body limit puts another request in the place of `raw`, so either of the two may be the readable one.
 */
export async function rewindBody(c: Context, raw: Request): Promise<boolean> {
  const { req } = c;
  if (isFresh(raw)) {
    if (req.raw !== raw) req.bodyCache = {};
    req.raw = raw;
    return true;
  }
  if (isFresh(req.raw)) return true;
  const cached = Object.keys(req.bodyCache);
  // What was read through `c.req` comes from its cache again; who reads `c.req.raw` must find the same.
  if (cached.length > 0 && !cached.includes("formData")) {
    // oxlint-disable-next-line unicorn/no-invalid-fetch-options -- the method is the request's
    req.raw = new Request(req.raw, { body: await req.arrayBuffer() });
  }
  return cached.length > 0;
}

function isFresh({ body, bodyUsed }: Request): boolean {
  return body === null || !(bodyUsed || body.locked);
}
