/**
 * The middleware's own answer to a request that cannot wait any longer.
 *
 * @module
 */
import type { Context } from "hono";
import { isSafe } from "./passage.ts";
import type { Problem, Refusal } from "./refusal.ts";
import { APPEND } from "./snapshot.ts";

/** Answers with a 503, in the form that the client asks for, below the headers that are already there. */
export function refuse(c: Context, refusal: Refusal): void {
  const { retryAfterMs } = refusal;
  const problem = refusal.problem();
  // Set one by one: what a middleware above has put on `c.res` would win over the headers of a new response.
  c.header("Cache-Control", "no-store");
  c.header("Vary", "Accept", APPEND);
  const [type, body, status = 503] = isNavigation(c)
    ? ["text/html; charset=UTF-8", page(problem)]
    // An EventSource gives up at a 503, and comes back after a stream that ends.
    : retryAfterMs !== undefined && accepts(c, "text/event-stream")
    ? ["text/event-stream", `retry: ${retryAfterMs}\n\n`, 200] as const
    : ["application/problem+json", JSON.stringify(problem)];
  c.res = c.newResponse(body, status, { "Content-Type": type });
}

/** A person opens a page; `fetch` in a page says "cors" or "same-origin". */
function isNavigation(c: Context): boolean {
  return isSafe(c) && accepts(c, "text/html") &&
    /^navigate|^$/.test(c.req.header("Sec-Fetch-Mode") ?? "");
}

function accepts(c: Context, type: string): boolean {
  return !!c.req.header("Accept")?.includes(type);
}

function page({ title, code, retryAfter }: Problem): string {
  const [refresh, text] = retryAfter
    ? [
      `<meta http-equiv="refresh" content="${retryAfter}">`,
      `This page loads again in ${retryAfter} s`,
    ]
    : ["", `Try again later (${code})`];
  return `<!doctype html><html lang="en"><meta charset="utf-8">${refresh}<title>${title}</title><h1>${title}</h1>${text}`;
}
