import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Hono } from "hono";
import { wake, type WakeOptions } from "../../src/hono/mod.ts";
import { sleepy, type SleepyOptions } from "./setup.ts";

/** The console lines that a wake leads to. */
async function linesOf(
  options: WakeOptions,
  database: SleepyOptions = {},
  mounts: number = 1,
): Promise<string[]> {
  const lines: string[] = [];
  const { info, warn } = console;
  Object.assign(console, {
    info: (line: string) => void lines.push(`info ${line}`),
    warn: (line: string) => void lines.push(`warn ${line}`),
  });
  try {
    const db = sleepy(database);
    const app = new Hono();
    app.onError((_error, c) => c.text("internal", 500));
    for (let count = 0; count < mounts; count++) {
      app.use(wake({ waker: db.waker, clock: db.clock, ...options }));
    }
    app.get("/", async (c) => c.text(await db.query()));
    await app.request("/");
    await app.request("/");
  } finally {
    Object.assign(console, { info, warn });
  }
  return lines;
}

describe("console lines", () => {
  test("one line tells of a resume, one that the database answers", async () => {
    assert.deepEqual(await linesOf({}), [
      "info aura-wake: resume-requested: instance a1b2c3d4",
      "info aura-wake: ready: instance a1b2c3d4",
    ]);
  });

  test("a line tells that waking was refused, and why", async () => {
    const lines = await linesOf({}, { status: "suspended" });
    assert.equal(lines.length, 1);
    assert.match(
      lines[0]!,
      /^warn aura-wake: refused: Cannot wake instance a1b2c3d4: .+ \(AURA_BROKEN\)$/,
    );
  });

  test("a line tells that nobody may wake, once a minute", async () => {
    const lines = await linesOf({ mayWake: () => false });
    assert.equal(lines.length, 1);
    assert.match(lines[0]!, /^warn aura-wake: refused: .+ \(not-allowed\)$/);
  });

  test("a line tells that waking is switched off", async () => {
    const lines = await linesOf({}, { enabled: false });
    assert.equal(lines.length, 1);
    assert.match(lines[0]!, /^warn aura-wake: refused: .+ \(disabled\)$/);
  });

  test("a line tells of settings that are missing, once however many mounts there are", async () => {
    const lines: string[] = [];
    const { warn } = console;
    Object.assign(console, { warn: (line: string) => void lines.push(line) });
    try {
      const app = new Hono();
      app.use(wake(), wake());
      app.get("/", (c) => c.text("ok"));
      const variables = { AURA_CLIENT_ID: "a client for this test alone" };
      await app.request("/", {}, variables);
      await app.request("/", {}, variables);
    } finally {
      Object.assign(console, { warn });
    }
    assert.equal(lines.length, 1);
    assert.match(lines[0]!, /^aura-wake: misconfigured: .*CLIENT_SECRET.* \(CONFIG_INCOMPLETE\)$/);
  });

  test("two mounts of one waker write each line once", async () => {
    assert.equal((await linesOf({}, {}, 2)).length, 2);
  });

  test("log: false and onEvent write none", async () => {
    assert.deepEqual(await linesOf({ log: false }), []);
    const types: string[] = [];
    assert.deepEqual(await linesOf({ onEvent: ({ type }) => types.push(type) }), []);
    assert.ok(types.includes("detected") && types.includes("ready") && types.includes("replayed"));
  });

  test("a listener that throws breaks nothing", async () => {
    const app = new Hono();
    app.use(wake({
      onEvent: () => {
        throw new Error("observer");
      },
    }));
    app.get("/", (c) => c.text("ok"));
    assert.equal((await app.request("/", {}, {})).status, 200);
  });
});
