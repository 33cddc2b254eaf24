/**
 * An app on a local Aura of its own, as every measurement needs it.
 *
 * @module
 */
import { connect as openSocket } from "node:net";
import { Hono } from "hono";
import { type Emulator, startEmulator } from "aura-wake/emulator";
import { wake, type WakeOptions, type WakeVariables } from "aura-wake/hono";
import { connect, type Connection, fromEnv } from "aura-wake/neo4j";

/** What a measurement works with. */
export interface Local {
  readonly emulator: Emulator;
  readonly db: Connection;
  readonly app: Hono<{ Variables: WakeVariables }>;
  close(): Promise<void>;
}

/** Starts a local Aura and an app whose only route asks the database through `wake()`. */
export async function startLocal(
  status: "paused" | "running",
  resumeMs: number,
  options: WakeOptions = {},
): Promise<Local> {
  const emulator = await startEmulator({ instances: [{ status }], resumeMs });
  const db = connect(fromEnv(emulator.env()));
  const app = new Hono<{ Variables: WakeVariables }>();
  app.use(wake({ db, log: false, ...options }));
  app.get("/", async (c) => c.json(await c.var.aura.db.read("RETURN 1 AS one")));
  return {
    emulator,
    db,
    app,
    async close(): Promise<void> {
      await db.close();
      await emulator.close();
    },
  };
}

/** One request, with what `Bun.serve` hands to an app as its environment: there a hold can raise the request's idle limit. */
export async function ask({ app }: Local): Promise<Response> {
  return await app.request("/", undefined, { timeout: () => {} });
}

/** Resolves with the time at which the database's port first answers: looked at every few milliseconds, apart from all else. */
export async function whenAnswering(emulator: Emulator): Promise<number> {
  const { hostname, port } = new URL(String(emulator.env()["NEO4J_URI"]).replace(/^\w+/, "http"));
  while (!await answers(hostname, Number(port))) await delay(3);
  return performance.now();
}

function answers(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = openSocket({ host, port });
    socket.on("connect", () => resolve(true)).on("error", () => resolve(false));
    socket.on("connect", () => socket.destroy());
  });
}

/** Sleeps for real: these are measurements. */
export function delay(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** The middle value. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2;
}
