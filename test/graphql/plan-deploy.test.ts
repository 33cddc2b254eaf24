import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { DataApi } from "../../src/aura/data-api.ts";
import { definitionsHash } from "../../src/graphql/definitions-hash.ts";
import { planDeploy } from "../../src/graphql/plan-deploy.ts";

const TYPES = "type Movie @node {\n  title: String\n}\n";
const PRESENT: DataApi = {
  id: "c3d4e5f6",
  name: "movies",
  status: "ready",
  errors: [],
  type_definitions: TYPES,
  security: {
    cors_policy: { allowed_origins: ["https://a.example.com", "https://b.example.com"] },
  },
};

describe("planDeploy()", () => {
  test("creates what is not there", () => {
    const plan = planDeploy(undefined, { types: TYPES });
    assert.equal(plan.action, "create");
    assert.deepEqual(plan.changes, {});
    assert.deepEqual([plan.diff.added, plan.diff.removed], [3, 0]);
    assert.equal(plan.replacesTypes, false);
  });

  test("sends nothing where all is as wanted", () => {
    const origins = ["https://b.example.com", "https://a.example.com"];
    for (const wanted of [{ types: TYPES.trimEnd() }, { types: TYPES, origins }]) {
      const plan = planDeploy(PRESENT, wanted);
      assert.equal(plan.action, "unchanged");
      assert.deepEqual(plan.changes, {});
      assert.deepEqual([plan.replacesTypes, plan.lostOrigins], [false, []]);
    }
  });

  test("changes only what differs", () => {
    const types = TYPES.replace("String", "String!");
    const plan = planDeploy(PRESENT, { types });
    assert.equal(plan.action, "update");
    assert.deepEqual(plan.changes, { type_definitions: types });
    assert.equal(plan.replacesTypes, true);

    const narrowed = planDeploy(PRESENT, { types: TYPES, origins: ["https://a.example.com"] });
    assert.equal(narrowed.action, "update");
    assert.deepEqual(narrowed.changes, {
      security: { cors_policy: { allowed_origins: ["https://a.example.com"] } },
    });
    assert.deepEqual(narrowed.lostOrigins, ["https://b.example.com"]);
    assert.equal(narrowed.replacesTypes, false);
  });

  test("replaces nothing where nobody was answered", () => {
    for (const status of ["error", "creating"]) {
      const plan = planDeploy({ ...PRESENT, status }, { types: "type A @node { a: ID }" });
      assert.deepEqual([plan.action, plan.replacesTypes], ["update", false]);
    }
    for (const status of ["ready", "paused", "a new state"]) {
      const plan = planDeploy({ ...PRESENT, status }, { types: "type A @node { a: ID }" });
      assert.equal(plan.replacesTypes, true, status);
    }
  });

  test("switches the subgraph on, and never off", () => {
    const on = planDeploy(PRESENT, { types: TYPES, isSubgraph: true });
    assert.deepEqual(on.changes, { features: { subgraph: true } });
    const present = { ...PRESENT, features: { subgraph: true } };
    for (const isSubgraph of [true, false]) {
      assert.equal(planDeploy(present, { types: TYPES, isSubgraph }).action, "unchanged");
    }
  });
});

describe("definitionsHash()", () => {
  test("is the SHA-256 in hex", async () => {
    assert.equal(
      await definitionsHash("abc"),
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    );
  });
});
