/**
 * Answering in the app's place, and marking what a wake had to do with a response.
 *
 * @module
 */
import type { Context } from "hono";
import { retryAfterSeconds } from "../wake/errors.ts";
import { corsBelow } from "./downstream.ts";
import type { Passage } from "./passage.ts";
import type { Refusal } from "./refusal.ts";
import { refuse } from "./refuse.ts";
import { APPEND, restore, type Snapshot } from "./snapshot.ts";

/** Answers the request, in place of what its handler left if it has run. */
export async function answer(
  passage: Passage,
  refusal: Refusal,
  before?: Snapshot,
): Promise<void> {
  const { c, view, options } = passage;
  async function respond(): Promise<void> {
    const { code, retryAfterMs } = refusal;
    const own = await options.onWaking?.(c, { code, retryAfterMs, heldMs: view.heldMs });
    if (own) c.res = own;
    else refuse(c, refusal);
  }
  if (before) {
    const { res } = c;
    restore(c, before);
    carryCors(c, res);
    await respond();
  } else {
    const cors = c.req.header("Origin") && corsBelow(c);
    await (cors ? cors(c, respond) : respond());
  }
  view.mark = refusal;
  mark(passage);
}

/** Marks the response of a request that has waited; a refusal also says on a 5xx when to come back. */
export function mark({ c, view }: Passage): void {
  const by = view.mark;
  if (!by) return;
  const { code, retryAfterMs } = Object(by) as Partial<Refusal>;
  c.header("Aura-Wake", code ? code === "AURA_WAKING" ? "waking" : "failed" : by as string);
  c.header("Server-Timing", `aura-wake;dur=${Math.round(view.heldMs)}`, APPEND);
  if (c.req.header("Origin")) {
    c.header("Access-Control-Expose-Headers", "Retry-After, Aura-Wake, Server-Timing", APPEND);
  }
  if (retryAfterMs !== undefined && c.res.status >= 500 && !c.res.headers.has("Retry-After")) {
    c.header("Retry-After", `${retryAfterSeconds(retryAfterMs)}`);
  }
}

/** Keeps what `cors()` below has set: the browser would not let the page read the answer without it. */
export function carryCors(c: Context, from: Response): void {
  for (const [name, value] of from.headers) {
    if (/^(vary$|access-control-)/.test(name) && !c.res.headers.has(name)) c.header(name, value);
  }
}
