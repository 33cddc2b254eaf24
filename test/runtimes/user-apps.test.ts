import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import { type Emulator, startEmulator } from "../../src/emulator/mod.ts";
import { connect, fromEnv } from "../../src/neo4j/mod.ts";
import { ask, post } from "./ask.ts";
import { type Child, startChild } from "./child.ts";
import { onlyUnder } from "./only-under.ts";

const PATIENT = { timeout: 20_000 };
const RESUME_MS = 2_000;
const headers = { origin: "https://app.example" };

let aura: Emulator;
let child: Child;

async function openAura(): Promise<void> {
  aura = await startEmulator({
    resumeMs: RESUME_MS,
    instances: [{ status: "paused", cypher: "CREATE (:Movie {title: 'Cloud Atlas'})" }],
  });
}

async function closeAll(): Promise<void> {
  await child.stop();
  await aura.close();
}

/** How many nodes the database holds, asked past the app. */
async function countMovies(title: string): Promise<unknown> {
  const db = connect({ ...fromEnv(aura.env()), aura: undefined });
  try {
    const [row] = await db.read("MATCH (m:Movie {title: $title}) RETURN count(m) AS count", {
      title,
    });
    return row?.["count"];
  } finally {
    await db.close();
  }
}

function accepted(): number {
  const resumes = aura.requests("POST /v1/instances/:id/resume");
  return resumes.filter(({ status }) => status === 202).length;
}

describe("a REST app with its own driver on Deno", onlyUnder("bun"), () => {
  beforeEach(async () => {
    await openAura();
    const names = ["NEO4J_URI", "NEO4J_USERNAME", "NEO4J_PASSWORD", "AURA_CLIENT_ID"];
    names.push("AURA_CLIENT_SECRET", "AURA_BASE_URL", "AURA_INSTANCEID");
    child = await startChild({
      command: "deno",
      fixture: "deno-deploy.ts",
      flags: [
        "run",
        "--no-prompt",
        "--no-check",
        "--allow-net=127.0.0.1",
        "--allow-sys=osRelease",
        `--allow-env=${names.join()}`,
      ],
      env: { ...aura.env(), DENO_SERVE_ADDRESS: "tcp:127.0.0.1:0" },
    });
  });
  afterEach(closeAll);

  test(
    "a GET is run again, a POST's write happens once, the health route waits for nothing",
    PATIENT,
    async () => {
      const reading = ask(`${child.url}/api/movies/Cloud%20Atlas`, { headers });
      const writing = post(`${child.url}/api/movies`, { title: "Greyhound" }, headers);
      await new Promise((resolve) => setTimeout(resolve, 700));
      const health = await ask(`${child.url}/healthz`);
      const [read, written] = await Promise.all([reading, writing]);

      assert.deepEqual([read.status, read.body], [200, '[{"title":"Cloud Atlas"}]']);
      assert.equal(read.header("aura-wake"), "replayed");
      assert.deepEqual([written.status, written.body], [201, '{"title":"Greyhound"}']);
      for (const { header, tookMs } of [read, written]) {
        assert.equal(header("access-control-allow-origin"), "https://app.example");
        assert.ok(tookMs >= RESUME_MS, `it took ${tookMs} ms`);
      }
      assert.deepEqual([health.status, health.body], [200, '{"database":"waking"}']);
      assert.ok(health.tookMs < 500, `the health route took ${health.tookMs} ms`);
      assert.equal(await countMovies("Greyhound"), 1);
      assert.equal(accepted(), 1);
      assert.doesNotMatch(child.printed(), /error/i);
    },
  );
});

describe("a GraphQL app on Bun", onlyUnder("bun"), () => {
  before(async () => {
    await openAura();
    child = await startChild({
      command: "bun",
      fixture: "bun-yoga.ts",
      env: { ...aura.env(), PORT: "0" },
    });
  });
  after(closeAll);

  test(
    "a query and a mutation are served once each, the health route waits for nothing",
    PATIENT,
    async () => {
      const url = `${child.url}/graphql`;
      const query =
        '{ one: movie(title: "Cloud Atlas") { title } two: movie(title: "?") { title } }';
      const reading = post(url, { query });
      const writing = post(url, { query: 'mutation { addMovie(title: "Greyhound") { title } }' });
      await new Promise((resolve) => setTimeout(resolve, 700));
      const health = await ask(`${child.url}/health`);
      const [read, written] = await Promise.all([reading, writing]);

      const found = '{"data":{"one":{"title":"Cloud Atlas"},"two":null}}';
      assert.deepEqual([read.status, read.body], [200, found]);
      assert.deepEqual(
        [written.status, written.body],
        [200, '{"data":{"addMovie":{"title":"Greyhound"}}}'],
      );
      assert.deepEqual([health.status, health.body], [200, "ok"]);
      assert.ok(health.tookMs < 500, `the health route took ${health.tookMs} ms`);
      assert.equal(await countMovies("Greyhound"), 1);
      assert.equal(accepted(), 1);
    },
  );

  test("a query that is wrong is told so, and wakes nobody", PATIENT, async () => {
    const resumes = accepted();
    const { status, body } = await post(`${child.url}/graphql`, { query: "{ bad { title } }" });
    assert.equal(status, 200);
    assert.match(body, /"errors":\[/);
    assert.equal(accepted(), resumes);
  });
});
