/**
 * One app, met in each of the ways that a wake can go.
 */
import type { Hono } from "hono";
import type { WakeVariables } from "../../src/hono/mod.ts";
import { type Sleepy, sleepy } from "./setup.ts";

/** Builds the app around a database and the time that a request may be held. */
export type Build = (db: Sleepy, holdMs: number) => Hono<{ Variables: WakeVariables }>;

/** The request, made anew for each try. */
export type Ask = () => Request;

/** The database is awake. */
export async function healthy(build: Build, ask: Ask): Promise<Response> {
  return await build(sleepy({ status: "running" }), 20_000).fetch(ask());
}

/** The request finds the database asleep, and is run again. */
export async function replayed(build: Build, ask: Ask): Promise<Response> {
  return await build(sleepy(), 20_000).fetch(ask());
}

/** The database is known to be waking, and wakes in time. */
export async function held(build: Build, ask: Ask): Promise<Response> {
  const db = sleepy();
  await db.findAsleep();
  return await build(db, 20_000).fetch(ask());
}

/** The database is known to be waking, and takes too long: the handler never runs. */
export async function refusedBefore(build: Build, ask: Ask): Promise<Response> {
  const db = sleepy({ resumeMs: 100_000 });
  await db.findAsleep();
  return await build(db, 2_000).fetch(ask());
}

/** The handler finds the database asleep, and it takes too long to wake. */
export async function refusedAfter(build: Build, ask: Ask): Promise<Response> {
  return await build(sleepy({ resumeMs: 100_000 }), 2_000).fetch(ask());
}

/** A GET from another origin. */
export function get(path: string = "/movie", headers: Record<string, string> = {}): Ask {
  return () =>
    new Request(`http://app.test${path}`, { headers: { Origin: "https://page.test", ...headers } });
}

/** A header's values, in order and without repeats hidden. */
export function list(response: Response, name: string): string[] {
  return (response.headers.get(name) ?? "").split(",").map((value) => value.trim()).filter(Boolean);
}
