import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Instance } from "../../src/aura/instance.ts";
import { foresee } from "../../src/cli/keepalive/outlook.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const NOW = Date.parse("2026-03-10T12:00:00.000Z");

function instance(status: string, type: string = "free-db"): Instance {
  return {
    id: "a1b2c3d4",
    name: "orders",
    status,
    type,
    tenant_id: "t1",
    cloud_provider: "gcp",
    connection_url: null,
  };
}

describe("foresee()", () => {
  test("foresee() counts from the last use of any kind", () => {
    const activity = { wake: NOW - 2 * DAY_MS, heartbeat: NOW - 12 * HOUR_MS };
    assert.deepEqual(foresee(instance("running"), activity, NOW), {
      id: "a1b2c3d4",
      name: "orders",
      status: "running",
      type: "free-db",
      last_use: "2026-03-10T00:00:00.000Z",
      pauses_at: "2026-03-13T00:00:00.000Z",
      deleted_at: "2026-04-12T00:00:00.000Z",
      days_until_pause: 2.5,
      days_until_deletion: 32.5,
      detail:
        "72 hours after its last use from here it is paused, and after 30 days more deleted; " +
        "later, if others use it too",
    });
  });

  test("foresee() knows nothing without a use from here, and says why", () => {
    const { pauses_at, deleted_at, days_until_pause, detail, last_use } = foresee(
      instance("running"),
      {},
      NOW,
    );
    assert.deepEqual(
      [pauses_at, deleted_at, days_until_pause, last_use],
      ["unknown", "unknown", null, null],
    );
    assert.match(detail, /The API does not say when it was last used/);
  });

  test("foresee() never says that it is paused where the API says that it is not", () => {
    const { pauses_at, detail } = foresee(instance("running"), { wake: NOW - 4 * DAY_MS }, NOW);
    assert.equal(pauses_at, "unknown");
    assert.match(detail, /^It was last used from here 4 d ago\..* somebody else uses it too$/);
  });

  test("foresee() of a paused one: the deletion is not before 30 days", () => {
    const paused = foresee(instance("paused"), { heartbeat: NOW - 10 * DAY_MS }, NOW);
    assert.deepEqual(
      [paused.days_until_pause, paused.pauses_at, paused.deleted_at, paused.days_until_deletion],
      [0, "2026-03-10T12:00:00.000Z", "unknown", null],
    );
    assert.match(
      paused.detail,
      /it was used from here on 2026-02-28T12:00:00\.000Z, so not before 2026-03-30T12:00:00\.000Z$/,
    );
    assert.match(foresee(instance("pausing"), {}, NOW).detail, /paused for 30 days$/);
  });

  test("foresee() of a paid one: Aura pauses none by itself, and deletes none", () => {
    const running = foresee(instance("running", "professional-db"), {}, NOW);
    assert.deepEqual([running.pauses_at, running.deleted_at], ["never", "never"]);
    const paused = foresee(instance("paused", "professional-db"), {}, NOW);
    assert.deepEqual([paused.days_until_pause, paused.deleted_at], [0, "never"]);
    assert.match(paused.detail, /resumes a paid instance by itself after 30 days/);
  });
});
