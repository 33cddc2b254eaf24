import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { type Answer, ask } from "./ask.ts";
import { bundleApp } from "./bundle.ts";
import { onlyUnder } from "./only-under.ts";
import { openWorld, type World } from "./world.ts";

const ISOLATES = 20;
const PATIENT = { timeout: 30_000 };

describe("what Workers may use", onlyUnder("bun"), () => {
  let one: World;
  let twenty: World;
  let held: Promise<Answer>;
  let herd: Promise<Answer[]>;

  // Both at once: nearly all of it is waiting.
  before(async () => {
    const fixture = "workers-module-scope.ts";
    const { code } = await bundleApp({ fixture, conditions: ["workerd"] });
    one = await openWorld({ code, resumeMs: 60_000 });
    held = ask(`${one.workers.url}/long/movies`);
    twenty = await openWorld({ code, resumeMs: 12_000, isolates: ISOLATES });
    herd = Promise.all(Array.from({ length: ISOLATES }, (_, at) => {
      const headers = { host: `worker-${at}.example` };
      return ask(`${twenty.workers.url}/long/movies`, { headers });
    }));
    for (const asked of [held, herd]) asked.catch(() => {});
  });
  after(async () => {
    await one[Symbol.asyncDispose]();
    await twenty[Symbol.asyncDispose]();
  });

  test("a request held for twenty seconds makes at most 35 subrequests", PATIENT, async () => {
    const { status, tookMs } = await held;
    assert.equal(status, 503);
    assert.ok(tookMs > 19_000, `it was held for ${tookMs} ms`);
    const { passed } = one.gateway;
    assert.ok(passed.length <= 35, `${passed.length} subrequests`);
    assert.ok(passed.length >= 15, "the database is asked about once a second");
  });

  test(
    "twenty cold isolates have one resume accepted and keep within the minute",
    PATIENT,
    async () => {
      for (const { status, body } of await herd) {
        assert.deepEqual([status, body], [200, '[{"title":"Cloud Atlas"}]']);
      }
      const { aura, accepted } = twenty;
      assert.equal(aura.requests("POST /oauth/token").length, ISOLATES, "each knows nothing");
      assert.equal(accepted(), 1);
      assert.deepEqual(aura.requests(({ status }) => status === 429), []);
      assert.ok(aura.requests().length <= 125, `${aura.requests().length} requests`);
    },
  );
});
