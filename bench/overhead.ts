/**
 * What `wake()` costs while the database is awake.
 *
 * @module
 */
import { type Handler, Hono, type MiddlewareHandler } from "hono";
import { createMiddleware } from "hono/factory";
import { wake } from "aura-wake/hono";
import { median, startLocal } from "./local.ts";

/** The awake path, measured. */
export interface Overhead {
  /** The app with `wake()` to the same app with an empty middleware, one query a request: the median of each round's ratio. */
  readonly ratio: number;
  /** Added to a handler that does nothing. */
  readonly nanoseconds: number;
  readonly controlPlaneRequests: number;
}

const ROUNDS = 61;
const QUERIES = 100;
const TRIVIAL = 5_000;

/** Interleaves rounds of both apps, so that a drift of the machine meets both. */
export async function overhead(): Promise<Overhead> {
  const local = await startLocal("running", 0);
  try {
    const empty = createMiddleware(async (_c, next) => await next());
    const queries = (middleware: MiddlewareHandler): Hono =>
      appWith(middleware, async (c) => c.json(await local.db.read("RETURN 1 AS one")));
    const trivial = (middleware: MiddlewareHandler): Hono =>
      appWith(middleware, (c) => c.text("ok"));
    const waking = wake({ db: local.db, log: false });
    const asking = await compare(queries(waking), queries(empty), QUERIES);
    const idle = await compare(trivial(waking), trivial(empty), TRIVIAL);
    return {
      ratio: median(asking.map(([mine, other]) => mine / other)),
      nanoseconds: median(idle.map(([mine, other]) => mine - other)) * 1e6,
      controlPlaneRequests: local.emulator.requests().length,
    };
  } finally {
    await local.close();
  }
}

function appWith(middleware: MiddlewareHandler, handler: Handler): Hono {
  const app = new Hono();
  app.use(middleware);
  app.get("/", handler);
  return app;
}

/** Milliseconds a request, both apps side by side, round by round. */
async function compare(
  mine: Hono,
  other: Hono,
  requests: number,
): Promise<readonly (readonly [mine: number, other: number])[]> {
  const rounds: [number, number][] = [];
  for (let round = -10; round < ROUNDS; round++) {
    // Who goes first changes from round to round: it may find the other's garbage.
    const mineFirst = round % 2 === 0;
    const first = await time(mineFirst ? mine : other, requests);
    const second = await time(mineFirst ? other : mine, requests);
    if (round >= 0) rounds.push(mineFirst ? [first, second] : [second, first]);
  }
  return rounds;
}

async function time(app: Hono, requests: number): Promise<number> {
  const began = performance.now();
  for (let count = 0; count < requests; count++) await app.request("/");
  return (performance.now() - began) / requests;
}
