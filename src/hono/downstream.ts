/**
 * The routes that a request still has before it, below `wake()`.
 *
 * @module
 */
import type { Context, Handler } from "hono";
import { matchedRoutes } from "hono/route";

type Routes = ReturnType<typeof matchedRoutes>;

/** The handler at a place among the matched routes. */
export function handlerAt(c: Context, routeIndex: number): unknown {
  return targetOf(matchedRoutes(c)[routeIndex]?.handler);
}

/** The handler itself, where a sub-app with its own `onError` has wrapped it. */
function targetOf(handler: unknown): Handler {
  const { __COMPOSED_HANDLER: inner } = Object(handler) as { __COMPOSED_HANDLER?: unknown };
  return inner ? targetOf(inner) : handler as Handler;
}

/**
 * Whether something below answers this request, and not only middleware on its way to a 404. Hono keeps no such distinction,
 * so it is told by what a handler looks like: it takes no `next`, or it stands at a path of its own under a method, or
 * `app.mount()` made it. A wrong no costs little: the handler runs, fails, and is replayed.
 */
export function hasRoute(c: Context): boolean {
  return below(c).some(({ handler, method, path }) => {
    const target = targetOf(handler);
    return target.length < 2 || (method !== "ALL" && !path.endsWith("*")) ||
      (target.name === "handler" && path.endsWith("/*"));
  });
}

/** Hono's `cors()` (`cors2` in older ones) below `wake()`: it would not run any more if `wake()` answered by itself. */
export function corsBelow(c: Context): Handler | undefined {
  return below(c).map(({ handler }) => targetOf(handler)).find(({ name }) =>
    /^cors\d?$/.test(name)
  );
}

/** Runs what is below once more. `next()` cannot: Hono lets it be called only once. */
export async function runBelow(c: Context, routeIndex: number): Promise<void> {
  const routes = matchedRoutes(c);
  async function run(index: number): Promise<void> {
    const route = routes[index];
    let response: unknown;
    if (route) {
      c.req.routeIndex = index;
      response = await route.handler(c, () => run(index + 1));
    } else if (!c.finalized) response = await c.notFound();
    if (response && !c.finalized) c.res = response as Response;
  }
  await run(routeIndex + 1);
}

function below(c: Context): Routes {
  return matchedRoutes(c).slice(c.req.routeIndex + 1);
}
