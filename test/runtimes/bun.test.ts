import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { type Emulator, startEmulator } from "../../src/emulator/mod.ts";
import { type Answer, ask, post } from "./ask.ts";
import { type Child, startChild } from "./child.ts";
import { onlyUnder } from "./only-under.ts";

const RESUME_MS = 15_000;
const PATIENT = { timeout: 30_000 };

describe("Bun, with its idle limit of ten seconds", onlyUnder("bun"), () => {
  let aura: Emulator;
  let children: Child[];
  let get: Promise<Answer>;
  let write: Promise<Answer>;
  let late: Promise<Answer>;
  let short: Promise<Answer>;

  // All of it is asked during one wake of fifteen seconds, and awaited by the tests.
  before(async () => {
    aura = await startEmulator({
      resumeMs: RESUME_MS,
      instances: [{ status: "paused", cypher: "CREATE (:Movie {title: 'Cloud Atlas'})" }],
    });
    const env = { ...aura.env(), PORT: "0" };
    children = await Promise.all(
      ["movies.ts", "movies-without-server.ts"].map((fixture) =>
        startChild({ command: "bun", fixture, env })
      ),
    );
    const [app, closed] = children.map(({ url }) => url);
    get = ask(`${app}/movies`);
    write = post(`${app}/movies`, { title: "Greyhound" });
    short = ask(`${closed}/movies`);
    late = sleep(2_000).then(() => ask(`${app}/movies`));
    for (const asked of [get, write, short, late]) asked.catch(() => {});
  });
  after(async () => {
    await Promise.all(children.map((child) => child.stop()));
    await aura.close();
  });

  test(
    "`export default app` holds the request that found it asleep for fifteen seconds",
    PATIENT,
    async () => {
      const { status, body, tookMs } = await get;
      assert.equal(status, 200);
      assert.match(body, /Cloud Atlas/);
      assert.ok(tookMs > 14_000, `it took ${tookMs} ms`);
    },
  );

  test(
    "`export default app` holds a POST as long, and its write happens once",
    PATIENT,
    async () => {
      const { status, body: written, tookMs } = await write;
      assert.deepEqual([status, written], [201, '[{"title":"Greyhound"}]']);
      assert.ok(tookMs > 14_000, `it took ${tookMs} ms`);
      const { body } = await ask(`${children[0]?.url}/movies`);
      assert.equal(body.match(/Greyhound/g)?.length, 1);
    },
  );

  test(
    "`export default app` holds before its handler a request that comes meanwhile",
    PATIENT,
    async () => {
      const { status, header, tookMs } = await late;
      assert.deepEqual([status, header("aura-wake")], [200, "held"]);
      assert.ok(tookMs > 12_000, `it took ${tookMs} ms`);
    },
  );

  test(
    "where the idle limit cannot be raised, the answer comes before it ends",
    PATIENT,
    async () => {
      const { status, header, tookMs } = await short;
      assert.deepEqual([status, header("aura-wake")], [503, "waking"]);
      assert.ok(Number(header("retry-after")) > 0);
      assert.ok(tookMs > 7_000 && tookMs < 9_500, `it took ${tookMs} ms`);
    },
  );

  test("two processes at once have the instance resumed once", PATIENT, async () => {
    await Promise.all([get, short]);
    const resumes = aura.requests("POST /v1/instances/:id/resume");
    assert.equal(resumes.filter(({ status }) => status === 202).length, 1);
  });
});
