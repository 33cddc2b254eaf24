import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { ask } from "./ask.ts";
import { type Bundle, bundleApp } from "./bundle.ts";
import { onlyUnder } from "./only-under.ts";
import { openWorld } from "./world.ts";

const QUERY_API = "node_modules/aura-wake/src/neo4j/query-api/mod.ts";
const BOTH = "node_modules/aura-wake/src/neo4j/mod.ts";
const fixture = "workers-module-scope.ts";

async function assertServes({ code }: Bundle): Promise<void> {
  await using world = await openWorld({ code, resumeMs: 500 });
  const { status, body } = await ask(`${world.workers.url}/long/movies`);
  assert.deepEqual([status, body], [200, '[{"title":"Cloud Atlas"}]']);
}

describe("an app's bundle for the edge", () => {
  for (const condition of ["workerd", "edge-light"]) {
    test(`"aura-wake/neo4j" is the Query API under the condition ${condition}`, async () => {
      const without = await bundleApp({ fixture, conditions: [condition] });
      assert.ok(without.inputs.includes(QUERY_API));
      assert.ok(!without.inputs.includes(BOTH));
      assert.deepEqual(without.externals, []);
      const installed = await bundleApp({ fixture, conditions: [condition], driver: true });
      assert.equal(installed.code, without.code, "an installed driver changes nothing");
    });
  }

  test('"aura-wake/neo4j" leaves the driver out where it is absent and no condition says so', async () => {
    const { inputs, externals } = await bundleApp({ fixture, conditions: [] });
    assert.ok(inputs.includes(BOTH));
    assert.deepEqual(externals, ["neo4j-driver"]);
  });
});

describe("an app's bundle in workerd", onlyUnder("bun"), () => {
  const patient = { timeout: 15_000 };

  test("it runs where neo4j-driver is absent", patient, async () => {
    await assertServes(await bundleApp({ fixture, conditions: ["workerd"] }));
  });

  test("it runs where neo4j-driver is installed", patient, async () => {
    await assertServes(await bundleApp({ fixture, conditions: ["workerd"], driver: true }));
  });

  test("it runs with an https address where no condition was set", patient, async () => {
    const { code, ...bundle } = await bundleApp({ fixture, conditions: [] });
    await assertServes({ ...bundle, code: code.replace("neo4j+s://a1b2", "https://a1b2") });
  });

  test("it runs when it was made for another edge runtime", patient, async () => {
    await assertServes(await bundleApp({ fixture, conditions: ["edge-light"] }));
  });
});
