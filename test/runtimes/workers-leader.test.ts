import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { type Answer, ask } from "./ask.ts";
import { bundleApp } from "./bundle.ts";
import { onlyUnder } from "./only-under.ts";
import { openWorld, type World } from "./world.ts";

const RESUME_MS = 2_500;
const MOVIES = '[{"title":"Cloud Atlas"}]';

type Scenario = (world: World) => Promise<void>;

/** `?bare` comes without the execution context, so that nothing outlives its request. */
const scenarios: Record<string, Scenario> = {
  "createAura(), createWaker(), connect() and wake() do nothing while a Worker loads": async (
    world,
  ) => {
    assert.equal(await stateOf(world), "unknown");
    assert.deepEqual(world.gateway.passed, []);
  },

  "with waitUntil, others are served when the leader's time is up": leaderGivesUp(""),
  "without waitUntil, others take over when the leader's time is up": leaderGivesUp("?bare"),
  "with waitUntil, others are served when the leader's client leaves": leaderLeaves(""),
  "without waitUntil, others take over when the leader's client leaves": leaderLeaves("?bare"),

  "with waitUntil, the wake goes on when nobody waits any longer": async (world) => {
    assert.equal((await ask(`${world.workers.url}/short/movies`)).status, 503);
    assert.equal(await stateOf(world), "waking");
    await sleep(RESUME_MS + 1_500);
    assert.equal(await stateOf(world), "awake");
  },

  "without waitUntil, the wake stands still, and the next request ends it": async (world) => {
    const { workers, gateway, accepted } = world;
    assert.equal((await ask(`${workers.url}/short/movies?bare`)).status, 503);
    const count = gateway.passed.length;
    await sleep(RESUME_MS + 1_500);
    assert.deepEqual([await stateOf(world), gateway.passed.length], ["waking", count]);
    assertServed([await ask(`${workers.url}/long/movies?bare`)]);
    assert.equal(accepted(), 1);
  },

  "with waitUntil, the leader ends the token fetch though its client has left": async (world) => {
    world.aura.fault("POST /oauth/token", { delayMs: 2_000 });
    await leaderLeaves("")(world);
    assert.equal(world.aura.requests("POST /oauth/token").length, 1);
  },

  "without waitUntil, others take over when the leader dies in the token fetch": async (world) => {
    world.aura.fault("POST /oauth/token", { silent: true });
    await leaderLeaves("?bare")(world);
  },

  "without waitUntil, others take over when the leader dies in the status read": async (world) => {
    world.aura.fault("GET /v1/instances/:id", { silent: true });
    await leaderLeaves("?bare")(world);
  },

  "without waitUntil, others take over when the leader dies in the resume call": async (world) => {
    world.aura.fault("POST /v1/instances/:id/resume", { silent: true });
    await leaderLeaves("?bare")(world);
  },
};

function leaderGivesUp(query: string): Scenario {
  return async ({ workers, accepted }) => {
    const leader = ask(`${workers.url}/short/movies${query}`);
    await sleep(200);
    const others = askFive(`${workers.url}/long/movies${query}`);
    const { status, header } = await leader;
    assert.deepEqual([status, header("aura-wake")], [503, "waking"]);
    assertServed(await others);
    assert.equal(accepted(), 1);
  };
}

function leaderLeaves(query: string): Scenario {
  return async ({ workers, accepted }) => {
    const url = `${workers.url}/long/movies${query}`;
    const leaving = ask(url, { signal: AbortSignal.timeout(700) });
    await sleep(200);
    const others = askFive(url);
    await assert.rejects(leaving, { name: "TimeoutError" });
    assertServed(await others);
    assert.equal(accepted(), 1);
  };
}

function askFive(url: string): Promise<Answer[]> {
  return Promise.all(Array.from({ length: 5 }, () => ask(url)));
}

function assertServed(answers: readonly Answer[]): void {
  for (const { status, body, tookMs } of answers) {
    assert.deepEqual([status, body], [200, MOVIES], `after ${tookMs} ms`);
  }
}

async function stateOf({ workers }: World): Promise<string> {
  return (await ask(`${workers.url}/state`)).body;
}

describe("a wake on Cloudflare Workers", onlyUnder("bun"), () => {
  const running = new Map<string, Promise<void>>();

  // All at once, each in a world of its own: most of their time is waiting, and node:test runs tests in turn here.
  before(async () => {
    const fixture = "workers-module-scope.ts";
    const { code } = await bundleApp({ fixture, conditions: ["workerd"] });
    for (const [title, scenario] of Object.entries(scenarios)) {
      const outcome = inWorld(code, scenario);
      outcome.catch(() => {}); // its test will tell
      running.set(title, outcome);
    }
  });

  for (const title of Object.keys(scenarios)) {
    test(title, { timeout: 30_000 }, () => running.get(title));
  }
});

async function inWorld(code: string, scenario: Scenario): Promise<void> {
  await using world = await openWorld({ code, resumeMs: RESUME_MS });
  await scenario(world);
}
