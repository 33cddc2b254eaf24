import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  cannedEngine,
  type EmulatorOptions,
  type Engine,
  startEmulator,
} from "../../../src/emulator/mod.ts";
import { type ApiClient, apiStatus, signIn } from "./api-client.ts";
import { query, titles } from "./graph.ts";

const paid = { id: "a1b2c3d4", name: "orders", type: "professional-db", memory: "4GB" } as const;
const heat = "CREATE (:Movie {title: 'Heat'})";
const path = "/v1/instances/a1b2c3d4/snapshots";
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/;

function options(more: EmulatorOptions = {}): EmulatorOptions {
  return { clock: "manual", instances: [{ ...paid, cypher: heat }], ...more };
}

async function take(client: ApiClient, from: string = path): Promise<string> {
  const { status, body } = await client.call("POST", from);
  assert.equal(status, 202);
  return (body as { data: { snapshot_id: string } }).data.snapshot_id;
}

function data<Data = Record<string, unknown>>(body: unknown): Data {
  return (body as { data: Data }).data;
}

describe("POST /instances/{id}/snapshots", () => {
  test("answers 202 with a UUID alone; Pending → InProgress → Completed", async () => {
    await using emulator = await startEmulator(options({ snapshotMs: 1_000 }));
    const client = await signIn(emulator);
    const { status, body } = await client.call("POST", path);
    assert.equal(status, 202);
    const id = data(body)["snapshot_id"] as string;
    assert.match(id, UUID);
    assert.deepEqual(body, { data: { snapshot_id: id } });
    const timestamp = `${new Date(emulator.clock.now()).toISOString().slice(0, 19)}Z`;
    const expected = {
      instance_id: "a1b2c3d4",
      profile: "AdHoc",
      snapshot_id: id,
      status: "Pending",
      timestamp,
      exportable: false,
    };
    assert.deepEqual((await client.call("GET", `${path}/${id}`)).body, { data: expected });
    await emulator.advance(500);
    assert.deepEqual((await client.call("GET", `${path}/${id}`)).body, {
      data: { ...expected, status: "InProgress" },
    });
    await emulator.advance(499);
    assert.equal(data((await client.call("GET", `${path}/${id}`)).body)["status"], "InProgress");
    await emulator.advance(1);
    const done = { ...expected, status: "Completed", exportable: true };
    assert.deepEqual((await client.call("GET", `${path}/${id}`)).body, { data: done });
    // v1beta5 does not tell whether it is exportable.
    const { exportable: _, ...beta } = done;
    const betaPath = path.replace("/v1/", "/v1beta5/");
    assert.deepEqual((await client.call("GET", `${betaPath}/${id}`)).body, { data: beta });
    assert.deepEqual((await client.call("GET", betaPath)).body, { data: [beta] });
  });

  test("is 409 while another is under way, and in every state but running", async () => {
    await using emulator = await startEmulator(options({ snapshotMs: 1_000 }));
    const client = await signIn(emulator);
    const answers = await Promise.all([client.call("POST", path), client.call("POST", path)]);
    assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([202, 409]));
    await emulator.advance(999);
    const early = await client.call("POST", path);
    assert.equal(early.status, 409);
    assert.deepEqual(early.body, {
      errors: [{
        message: "The database is current undergoing an operation: snapshotting",
        reason: "ongoing-database-operation",
      }],
    });
    await emulator.advance(1);
    assert.equal((await client.call("POST", path)).status, 202);
    await emulator.advance(1_000);
    for (const status of ["paused", "resuming", "loading failed", "restoring"]) {
      await emulator.setStatus("a1b2c3d4", status);
      const answer = await client.call("POST", path);
      assert.equal(answer.status, 409);
      assert.deepEqual(answer.body, {
        errors: [{
          message: `The database is current undergoing an operation: ${status}`,
          reason: "ongoing-database-operation",
        }],
      });
    }
  });

  test("an engine that cannot copy, or a real Neo4j behind a gate, is 400 and says so", async () => {
    const canned = cannedEngine();
    const own: Engine = {
      name: "own",
      begin: (access) => canned.begin(access),
      close: () => canned.close(),
    };
    await using emulator = await startEmulator({
      clock: "manual",
      instances: [{ id: "own", engine: own }, { id: "gate", upstream: "localhost:7687" }],
    });
    const client = await signIn(emulator);
    for (const id of ["own", "gate"]) {
      const answer = await client.call("POST", `/v1/instances/${id}/snapshots`);
      assert.equal(answer.status, 400, id);
      assert.deepEqual(answer.body, {
        errors: [{
          message: "The engine behind this instance of the local Aura cannot copy its data",
          reason: "operation-not-supported",
        }],
      });
      const detail = data((await client.call("GET", `/v1/instances/${id}`)).body);
      assert.equal("graph_nodes" in detail, false);
    }
  });

  test("an engine that fails to copy leaves no snapshot, and the instance free for the next", async () => {
    const canned = cannedEngine();
    let fails = true;
    const own: Engine = {
      name: "own",
      begin: (access) => canned.begin(access),
      close: () => canned.close(),
      snapshot: () =>
        fails
          ? Promise.reject(new Error("no room"))
          : Promise.resolve({ engine: "own", bytes: new Uint8Array() }),
    };
    await using emulator = await startEmulator(options({ instances: [{ ...paid, engine: own }] }));
    const client = await signIn(emulator);
    const broken = await client.call("POST", path);
    assert.equal(broken.status, 500);
    assert.deepEqual(broken.body, {
      errors: [{ message: "no room", reason: "internal-error" }],
    });
    assert.deepEqual((await client.call("GET", path)).body, { data: [] });
    fails = false;
    assert.equal((await client.call("POST", path)).status, 202);
  });
});

describe("GET /instances/{id}/snapshots", () => {
  test("lists one day, today by the emulator's clock where none is given", async () => {
    await using emulator = await startEmulator(options());
    const client = await signIn(emulator);
    const today = new Date(emulator.clock.now()).toISOString().slice(0, 10);
    const first = await take(client);
    await emulator.advance(24 * 60 * 60 * 1_000);
    const tomorrow = new Date(emulator.clock.now()).toISOString().slice(0, 10);
    const fresh = await signIn(emulator);
    const second = await take(fresh);
    const ids = async (search: string): Promise<unknown[]> =>
      data<{ snapshot_id: string }[]>((await fresh.call("GET", path + search)).body)
        .map(({ snapshot_id }) => snapshot_id);
    assert.deepEqual(await ids(""), [second]);
    assert.deepEqual(await ids(`?date=${tomorrow}`), [second]);
    assert.deepEqual(await ids(`?date=${today}`), [first]);
    assert.deepEqual(await ids("?date=2020-01-01"), []);
    for (const wrong of ["yesterday", "2026-02-30", "2026-2-3", "", "2026-02-03T00:00:00Z"]) {
      assert.equal((await fresh.call("GET", `${path}?date=${wrong}`)).status, 400, wrong);
    }
  });

  test("an unknown instance or snapshot is 404, also one of another instance", async () => {
    await using emulator = await startEmulator(
      options({ instances: [{ ...paid }, { id: "b2c3d4e5" }] }),
    );
    const client = await signIn(emulator);
    const id = await take(client);
    for (const [method, suffix] of [["GET", ""], ["POST", ""], ["GET", `/${id}`]] as const) {
      const answer = await client.call(method, `/v1/instances/deadbeef/snapshots${suffix}`);
      assert.equal(answer.status, 404);
      assert.deepEqual(answer.body, {
        errors: [{ message: "DB not found: deadbeef", reason: "db-not-found" }],
      });
    }
    for (
      const [method, line] of [
        ["GET", `/v1/instances/b2c3d4e5/snapshots/${id}`],
        ["POST", `/v1/instances/b2c3d4e5/snapshots/${id}/restore`],
      ] as const
    ) {
      const answer = await client.call(method, line);
      assert.equal(answer.status, 404);
      assert.deepEqual(answer.body, {
        errors: [{ message: `Snapshot not found: ${id}`, reason: "snapshot-not-found" }],
      });
    }
  });

  test("they go with their instance", async () => {
    await using emulator = await startEmulator(
      options({ instances: [{ ...paid }, { id: "b2c3d4e5", type: "professional-db" }] }),
    );
    const client = await signIn(emulator);
    const id = await take(client);
    await emulator.advance(1_000);
    await emulator.remove("a1b2c3d4");
    const answer = await client.call("POST", "/v1/instances/b2c3d4e5/overwrite", {
      source_snapshot_id: id,
    });
    assert.equal(answer.status, 404);
    await emulator.advance(10_000);
  });
});

describe("POST /instances/{id}/snapshots/{id}/restore", () => {
  test("202 restoring → running; the data are what they were, also twice, also of Free", async () => {
    for (const type of ["professional-db", "free-db"]) {
      await using emulator = await startEmulator(
        options({ restoreMs: 2_000, instances: [{ id: "a1b2c3d4", type, cypher: heat }] }),
      );
      const client = await signIn(emulator);
      const id = await take(client);
      await query(emulator, "CREATE (:Movie {title: 'Ronin'})");
      await emulator.advance(1_000);
      assert.deepEqual(await titles(emulator), ["Heat", "Ronin"]);
      for (let count = 0; count < 2; count++) {
        const { status, body } = await client.call("POST", `${path}/${id}/restore`);
        assert.equal(status, 202);
        assert.equal(data(body)["status"], "restoring");
        assert.equal(data(body)["id"], "a1b2c3d4");
        await assert.rejects(titles(emulator), "the doors are shut");
        assert.equal((await client.call("POST", `${path}/${id}/restore`)).status, 409);
        await emulator.advance(1_999);
        assert.equal(await apiStatus(client, "a1b2c3d4"), "restoring");
        await emulator.advance(1);
        assert.equal(await apiStatus(client, "a1b2c3d4"), "running");
        assert.deepEqual(await titles(emulator), ["Heat"]);
        await query(emulator, "CREATE (:Movie {title: 'Thief'})");
        assert.deepEqual(await titles(emulator), ["Heat", "Thief"]);
      }
    }
  });

  test("keeps indexes, constraints, ids and types; what is not committed is not in it", async () => {
    await using emulator = await startEmulator(options({
      instances: [{
        ...paid,
        cypher: [
          "CREATE CONSTRAINT once FOR (m:Movie) REQUIRE m.title IS UNIQUE",
          "CREATE (:Movie {title: 'Heat', stars: 5.0, year: 1995, day: date('1995-12-15')})-[:BY {n: 1}]->(:Person)",
        ],
      }],
    }));
    const client = await signIn(emulator);
    const all = "MATCH (m:Movie)-[r]->(p) RETURN m, r, p, elementId(m)";
    const before = await query(emulator, all);
    const id = await take(client);
    await query(emulator, "MATCH (n) DETACH DELETE n");
    await query(emulator, "DROP CONSTRAINT once");
    await emulator.advance(1_000);
    assert.equal((await client.call("POST", `${path}/${id}/restore`)).status, 202);
    await emulator.advance(2_000);
    assert.deepEqual(await query(emulator, all), before);
    await assert.rejects(query(emulator, heat), /ConstraintValidationFailed/);
  });

  test("a snapshot that is not completed is 409, a busy instance too", async () => {
    await using emulator = await startEmulator(options());
    const client = await signIn(emulator);
    const id = await take(client);
    const early = await client.call("POST", `${path}/${id}/restore`);
    assert.equal(early.status, 409);
    assert.deepEqual(early.body, {
      errors: [{
        message: `Snapshot ${id} is not completed: Pending`,
        reason: "ongoing-database-operation",
      }],
    });
    await emulator.advance(1_000);
    await emulator.pause();
    assert.equal((await client.call("POST", `${path}/${id}/restore`)).status, 409);
  });

  test("works on a scaled and on a real clock, and with the canned engine", async () => {
    for (const clock of ["real", { scale: 100 }] as const) {
      for (const engine of ["grafeo", "canned"] as const) {
        await using emulator = await startEmulator({
          clock,
          snapshotMs: 1,
          restoreMs: 1,
          instances: [{ ...paid, engine }],
        });
        const client = await signIn(emulator);
        const id = await take(client);
        let status: unknown;
        while (status !== "Completed") {
          await emulator.clock.sleep(1);
          status = data((await client.call("GET", `${path}/${id}`)).body)["status"];
        }
        const restored = await client.call("POST", `${path}/${id}/restore`);
        assert.equal(data(restored.body)["status"], "restoring");
        while (await apiStatus(client, "a1b2c3d4") !== "running") await emulator.clock.sleep(1);
        assert.deepEqual(await query(emulator, "RETURN 1 AS one"), [[1]]);
      }
    }
  });
});

describe("scheduleSnapshotsMs", () => {
  test("takes one of each running paid instance again and again; Free has none by itself", async () => {
    const hour = 60 * 60 * 1_000;
    await using emulator = await startEmulator({
      clock: "manual",
      scheduleSnapshotsMs: hour,
      tokenLifetimeMs: 100 * hour,
      instances: [{ ...paid }, { id: "free" }, { ...paid, id: "asleep", status: "paused" }],
    });
    const client = await signIn(emulator);
    const days = new Set([new Date(emulator.clock.now()).toISOString().slice(0, 10)]);
    await emulator.advance(2 * hour + 1_000);
    days.add(new Date(emulator.clock.now()).toISOString().slice(0, 10));
    const seen = async (id: string): Promise<unknown[]> => {
      const found: unknown[] = [];
      for (const day of days) {
        const { body } = await client.call("GET", `/v1/instances/${id}/snapshots?date=${day}`);
        found.push(...data<Record<string, unknown>[]>(body).map(({ profile }) => profile));
      }
      return found;
    };
    assert.deepEqual(await seen("a1b2c3d4"), ["Scheduled", "Scheduled"]);
    assert.deepEqual(await seen("free"), []);
    assert.deepEqual(await seen("asleep"), []);
  });
});
