import assert from "node:assert/strict";
import { afterEach, before, beforeEach, describe, test } from "node:test";
import { ask, post } from "./ask.ts";
import { bundleApp } from "./bundle.ts";
import { INSTANCE_ID } from "./gateway.ts";
import { onlyUnder } from "./only-under.ts";
import { openWorld, type World } from "./world.ts";

const PATIENT = { timeout: 25_000 };

const bindings = {
  NEO4J_URI: `neo4j+s://${INSTANCE_ID}.databases.neo4j.io`,
  NEO4J_USERNAME: "neo4j",
  NEO4J_PASSWORD: "local-aura-password",
  AURA_CLIENT_ID: "local-aura-client",
  AURA_CLIENT_SECRET: "local-aura-secret",
};

describe("an app on Cloudflare Workers", onlyUnder("bun"), () => {
  let code: string;
  let world: World;

  before(async () => {
    ({ code } = await bundleApp({ fixture: "workers.ts", conditions: ["workerd"] }));
  });
  // A new isolate each time: it knows nothing.
  beforeEach(async () => {
    world = await openWorld({ code, bindings, resumeMs: 1_500 });
  });
  afterEach(() => world[Symbol.asyncDispose]());

  test("wake() reads its settings from the bindings and serves a GET", PATIENT, async () => {
    const headers = { origin: "https://app.example" };
    const answer = await ask(`${world.workers.url}/api/movies`, { headers });
    assert.deepEqual([answer.status, answer.body], [200, '[{"title":"Cloud Atlas"}]']);
    assert.equal(answer.header("access-control-allow-origin"), "https://app.example");
    assert.equal(world.accepted(), 1);
  });

  test("wake() serves a POST, whose write happens once", PATIENT, async () => {
    const [{ status }, health] = await Promise.all([
      post(`${world.workers.url}/api/movies`, { title: "Greyhound" }),
      ask(`${world.workers.url}/healthz`),
    ]);
    assert.deepEqual([status, health.status], [201, 200]);
    assert.ok(health.tookMs < 1_000, `the health route took ${health.tookMs} ms`);
    const { body } = await ask(`${world.workers.url}/api/movies`);
    assert.equal(body.match(/Greyhound/g)?.length, 1);
  });

  test("a Cron Trigger writes, and wakes what it finds asleep", PATIENT, async () => {
    assert.equal(await world.workers.cron("0 6 * * *"), "ok");
    assert.equal(world.aura.status(), "running");
    assert.equal(world.accepted(), 1);
  });
});
