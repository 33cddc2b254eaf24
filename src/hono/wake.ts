/**
 * The middleware: holds a request while its database wakes up, runs it again if it met the pause, and answers when neither
 * can be waited for.
 *
 * @module
 */
import type { Context, Env, MiddlewareHandler } from "hono";
import { handledSoFar } from "../wake/handled.ts";
import { hasRoute } from "./downstream.ts";
import { hold } from "./hold.ts";
import { createMount } from "./mount.ts";
import type { WakeEnv, WakeOptions } from "./options.ts";
import { isUpgrade } from "./passage.ts";
import { RequestView } from "./request-view.ts";
import { settle } from "./settle.ts";
import { takeSnapshot } from "./snapshot.ts";

/**
 * Makes the middleware. Mount it below CORS, rate limits and authentication, and above compression and the routes; inside
 * `every()` put it last.
 *
 * @throws {AuraWakeError} CONFIG_INVALID for an option that cannot be used
 *
 * @example
 * ```ts
 * import { Hono } from "hono";
 * import { wake, type WakeVariables } from "aura-wake/hono";
 *
 * const app = new Hono<{ Variables: WakeVariables }>();
 * app.get("/health", (c) => c.text("ok"));
 * app.use(wake({ log: false }));
 * app.get("/movies", async (c) => c.json(await c.var.aura.db.read("MATCH (m:Movie) RETURN m.title AS title")));
 * ```
 */
export function wake<E extends Env = Env>(
  options: WakeOptions<E> = {},
): MiddlewareHandler<E & WakeEnv> {
  const plain = options as unknown as WakeOptions; // the app's bindings mean nothing in here
  const mount = createMount(plain);
  return async function wake(c, next) {
    const source = mount.sourceOf(c);
    const { waker } = source;
    const outer = c.get("aura") as RequestView | undefined;
    if (waker && outer?.waker === waker && outer.isActive) {
      outer.source ??= source.db;
      return await next();
    }
    const view = new RequestView(c, source, mount);
    c.set("aura", view);
    try {
      if (!waker || c.req.method === "OPTIONS" || (plain.skip && await plain.skip(c as Context))) {
        return await next();
      }
      view.isActive = true;
      const passage = { c, view, waker, options: plain, self: wake };
      const isHeld = waker.state === "waking" && !isUpgrade(c) && hasRoute(c);
      if (isHeld && await hold(passage)) return;
      const since = handledSoFar();
      const before = takeSnapshot(c);
      let thrown: { readonly error: unknown } | undefined;
      try {
        await next();
      } catch (error) {
        thrown = { error };
      }
      if (thrown || c.error || view.mark) {
        await settle(passage, { before, since, thrown });
      }
    } finally {
      view.isServed = true;
    }
  };
}
