/**
 * What `wake()` costs while the database is awake.
 *
 * @module
 */
import { Hono } from "hono";
import { createMiddleware } from "hono/factory";
import { wake } from "aura-wake/hono";
import { median, startLocal } from "./local.ts";

/** The awake path, measured. */
export interface Overhead {
  /** Of medians: the app with `wake()` to the same app with an empty middleware, one query a request. */
  readonly ratio: number;
  /** Added to a handler that does nothing. */
  readonly nanoseconds: number;
  readonly controlPlaneRequests: number;
}

const ROUNDS = 31;
const QUERIES = 200;
const TRIVIAL = 20_000;

/** Interleaves rounds of both apps, so that a drift of the machine meets both. */
export async function overhead(): Promise<Overhead> {
  const local = await startLocal("running", 0);
  try {
    const empty = createMiddleware(async (_c, next) => await next());
    function queries(middleware: ReturnType<typeof wake>): Hono {
      const app = new Hono();
      app.use(middleware);
      return app.get("/", async (c) => c.json(await local.db.read("RETURN 1 AS one")));
    }
    function trivial(middleware: ReturnType<typeof wake>): Hono {
      const app = new Hono();
      app.use(middleware);
      return app.get("/", (c) => c.text("ok"));
    }
    const waking = wake({ db: local.db, log: false });
    const asking = await compare(queries(waking), queries(empty), QUERIES);
    const idle = await compare(trivial(waking), trivial(empty), TRIVIAL);
    return {
      ratio: asking.mine / asking.other,
      nanoseconds: (idle.mine - idle.other) * 1e6,
      controlPlaneRequests: local.emulator.requests().length,
    };
  } finally {
    await local.close();
  }
}

/** Milliseconds a request, medians over the rounds. */
async function compare(
  mine: Hono,
  other: Hono,
  requests: number,
): Promise<{ readonly mine: number; readonly other: number }> {
  const times = { mine: [] as number[], other: [] as number[] };
  for (let round = -2; round < ROUNDS; round++) {
    const pair = [["mine", mine], ["other", other]] as const;
    // Who goes first changes from round to round: it may find the other's garbage.
    for (const [name, app] of round % 2 === 0 ? pair : [pair[1], pair[0]]) {
      const began = performance.now();
      for (let count = 0; count < requests; count++) await app.request("/");
      if (round >= 0) times[name].push((performance.now() - began) / requests);
    }
  }
  return { mine: median(times.mine), other: median(times.other) };
}
