import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { BAD_IDS, client, data } from "./client.ts";

const ID = "99999999-aaaa-4bbb-8ccc-dddddddddddd";
const SNAPSHOT = {
  instance_id: "a1b2c3d4",
  profile: "AdHoc",
  snapshot_id: ID,
  status: "Completed",
  timestamp: "2026-02-04T01:00:00Z",
  exportable: true,
  unknown_to_us: 1,
};

describe("snapshots", () => {
  test("list() gives those of today, or of a day", async () => {
    const { aura, sent } = client(data([SNAPSHOT]));
    assert.deepEqual(await aura.snapshots.list("a1b2c3d4"), [SNAPSHOT]);
    assert.deepEqual(await aura.snapshots.list("a1b2c3d4", { date: "2026-02-04" }), [SNAPSHOT]);
    assert.deepEqual(sent(), [
      "GET /v1/instances/a1b2c3d4/snapshots",
      "GET /v1/instances/a1b2c3d4/snapshots?date=2026-02-04",
    ]);
  });

  test("list() refuses what is no day", async () => {
    const { aura, fake } = client(data([]));
    for (const date of ["", "yesterday", "2026-2-4", "2026-02-04T01:00:00Z", "2026-02-04&x=1"]) {
      await assert.rejects(aura.snapshots.list("a1b2c3d4", { date }), {
        code: "CONFIG_INVALID",
        message: "Cannot use the Aura API: date is not a day such as 2026-02-04",
      });
    }
    assert.equal(fake.calls.length, 0);
  });

  test("get() takes ids of both kinds", async () => {
    const { aura, sent } = client(data(SNAPSHOT));
    assert.deepEqual(await aura.snapshots.get("a1b2c3d4", ID), SNAPSHOT);
    await aura.snapshots.get("a1b2c3d4", "2026-02-04T01:00:00Z-adhoc");
    assert.deepEqual(sent(), [
      `GET /v1/instances/a1b2c3d4/snapshots/${ID}`,
      "GET /v1/instances/a1b2c3d4/snapshots/2026-02-04T01:00:00Z-adhoc",
    ]);
  });

  test("create() gives the id", async () => {
    const { aura, sent } = client(data({ snapshot_id: ID }, 202));
    assert.deepEqual(await aura.snapshots.create("a1b2c3d4"), { snapshot_id: ID });
    assert.deepEqual(sent(), ["POST /v1/instances/a1b2c3d4/snapshots {}"]);
  });

  test("restore() gives the instance", async () => {
    const restoring = { id: "a1b2c3d4", name: "orders", status: "restoring" };
    const { aura, sent } = client(data(restoring, 202));
    assert.deepEqual(await aura.snapshots.restore("a1b2c3d4", ID), restoring);
    assert.deepEqual(sent(), [`POST /v1/instances/a1b2c3d4/snapshots/${ID}/restore {}`]);
  });

  test("no call sends an id that leads elsewhere", async () => {
    const { aura: { snapshots }, fake } = client(data(SNAPSHOT));
    for (const id of BAD_IDS) {
      for (
        const call of [
          snapshots.list(id),
          snapshots.get(id, ID),
          snapshots.get("a1b2c3d4", id),
          snapshots.create(id),
          snapshots.restore(id, ID),
          snapshots.restore("a1b2c3d4", id),
          snapshots.waitFor("a1b2c3d4", id),
        ]
      ) await assert.rejects(call, { code: "CONFIG_INVALID" });
    }
    assert.equal(fake.calls.length, 0);
  });
});
