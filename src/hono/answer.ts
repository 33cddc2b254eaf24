/**
 * What a request gets that cannot wait any longer, and what every response of a wake is marked with.
 *
 * @module
 */
import type { Context } from "hono";
import { retryAfterSeconds } from "../wake/errors.ts";
import { isWaking, type Refusal } from "./refusal.ts";

/** How a response came about: the value of `Aura-Wake`. */
export type WakeMark = "held" | "replayed" | "waking" | "failed";

const EXPOSE = "Access-Control-Expose-Headers";

/** Answers with a 503, in the form that the client asks for, below the headers that are already there. */
export function refuse(c: Context, refusal: Refusal): void {
  const { retryAfterMs } = refusal;
  const problem = refusal.problem();
  const accept = c.req.header("Accept") ?? "";
  // Set one by one: what a middleware above has put on `c.res` would win over the headers of a new response.
  c.header("Cache-Control", "no-store");
  c.header("Vary", "Accept", { append: true });
  if (retryAfterMs !== undefined && accept.includes("text/event-stream")) {
    // An EventSource gives up at a 503, and comes back after a stream that ends.
    respond(c, `retry: ${retryAfterMs}\n\n`, 200, "text/event-stream");
  } else if (isNavigation(c, accept)) respond(c, page(problem), 503, "text/html; charset=UTF-8");
  else respond(c, JSON.stringify(problem), 503, "application/problem+json");
}

/** Marks the response; on a 5xx it says when to come back. */
export function mark(c: Context, value: WakeMark, heldMs: number, refusal?: Refusal): void {
  c.header("Aura-Wake", value);
  c.header("Server-Timing", `aura-wake;dur=${Math.round(heldMs)}`, { append: true });
  if (c.req.header("Origin")) {
    c.header(EXPOSE, "Retry-After, Aura-Wake, Server-Timing", { append: true });
  }
  const { retryAfterMs } = refusal ?? {};
  if (retryAfterMs !== undefined && c.res.status >= 500 && !c.res.headers.has("Retry-After")) {
    c.header("Retry-After", `${retryAfterSeconds(retryAfterMs)}`);
  }
}

/** The mark of a response that a refusal was the reason for. */
export function markOf(refusal: Refusal): WakeMark {
  return isWaking(refusal) ? "waking" : "failed";
}

function respond(c: Context, body: string, status: 200 | 503, type: string): void {
  c.res = c.newResponse(body, status, { "Content-Type": type });
}

/** A person's browser that opens a page; `fetch` in a page says "cors" or "same-origin". */
function isNavigation(c: Context, accept: string): boolean {
  return /^(GET|HEAD)$/.test(c.req.method) && accept.includes("text/html") &&
    (c.req.header("Sec-Fetch-Mode") ?? "navigate") === "navigate";
}

function page({ title, code, retryAfter }: Record<string, unknown>): string {
  const again = retryAfter === undefined
    ? ["", `Please try again later (${code}).`]
    : [
      `<meta http-equiv="refresh" content="${retryAfter}">`,
      `This page loads again in ${retryAfter} seconds.`,
    ];
  return `<!doctype html><html lang="en"><meta charset="utf-8">${
    again[0]
  }<title>${title}</title><h1>${title}</h1><p>${again[1]}</p></html>`;
}
