import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createAura } from "../../src/aura/aura.ts";

const ROW = { id: "a1b2c3d4", name: "orders", tenant_id: "t", cloud_provider: "gcp" };

function answering(body: unknown): ReturnType<typeof createAura> {
  return createAura({
    credentials: { token: "a-ready-token" },
    fetch: () => Promise.resolve(Response.json(body)),
  });
}

describe("odd answers", () => {
  test("list() leaves out what is no row, and gives every other one a name", async () => {
    const { instances, projects, dataApis } = answering({
      data: [null, 1, { name: "no id" }, { ...ROW, name: null }, ROW],
    });
    const rows = [{ ...ROW, name: "" }, ROW];
    assert.deepEqual(await instances.list(), rows);
    assert.deepEqual(await projects.list(), rows);
    assert.deepEqual(await dataApis.list("a1b2c3d4"), rows);
  });

  test("list() says of what is no list that it is none, and not that there is nothing", async () => {
    await assert.rejects(answering({ data: {} }).instances.list(), {
      code: "AURA_API",
      message: /the answer is not the JSON that was expected/,
    });
  });

  test("get() gives a status and a name that can be read", async () => {
    for (const [status, told] of [[7, "7"], [null, "unknown"], ["paused", "paused"]]) {
      const { instances } = answering({ data: { ...ROW, name: null, status } });
      const instance = await instances.get("a1b2c3d4");
      assert.deepEqual([instance.name, instance.status], ["", told]);
    }
  });
});
