import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import {
  type Emulator,
  type EmulatorOptions,
  type Engine,
  startEmulator,
} from "../../../src/emulator/mod.ts";
import { type Answer, type ApiClient, signIn } from "./api-client.ts";

const ORGANIZATION = "22222222-3333-4444-8555-666666666666";
const PROJECT = "11111111-2222-4333-8444-555555555555";
const LIST = `/v2beta1/organizations/${ORGANIZATION}/projects/${PROJECT}/import/jobs`;
const MODEL = "66666666-7777-4888-8999-aaaaaaaaaaaa";
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

const paid: EmulatorOptions = {
  clock: "manual",
  instances: [{ id: "a1b2c3d4", type: "professional-db", engine: "canned" }],
};
const withData: EmulatorOptions = {
  clock: "manual",
  instances: [{ id: "a1b2c3d4", type: "professional-db", engine: "grafeo" }],
};

const wanted = {
  importModelId: MODEL,
  auraCredentials: { dbId: "a1b2c3d4", user: "", password: "" },
  importConfig: { importType: "online" },
};

interface Info {
  readonly state: string;
  readonly percentage_complete: number;
  readonly exit_status: { readonly state: string; readonly message: string } | null;
  readonly [field: string]: unknown;
}

async function start(client: ApiClient, change: Record<string, unknown> = {}): Promise<string> {
  const answer = await client.call("POST", LIST, { ...wanted, ...change });
  assert.equal(answer.status, 201);
  return (answer.body as { data: { id: string } }).data.id;
}

async function infoOf(client: ApiClient, id: string): Promise<Info> {
  const { body } = await client.call("GET", `${LIST}/${id}?progress=true`);
  return (body as { data: { info: Info } }).data.info;
}

/** State, percentage and what it ended as. */
async function stand(client: ApiClient, id: string): Promise<readonly unknown[]> {
  const { state, percentage_complete, exit_status } = await infoOf(client, id);
  return [state, percentage_complete, exit_status?.state ?? null];
}

function errorsOf({ body }: Answer): unknown {
  return (body as { errors?: unknown }).errors;
}

async function query(emulator: Emulator, statement: string): Promise<unknown[][]> {
  const env = emulator.env();
  const login = btoa(`${env["NEO4J_USERNAME"]}:${env["NEO4J_PASSWORD"]}`);
  const response = await fetch(`${env["AURA_WAKE_QUERY_API_URL"]}/db/neo4j/query/v2`, {
    method: "POST",
    headers: { authorization: `Basic ${login}`, "content-type": "application/json" },
    body: JSON.stringify({ statement }),
  });
  return ((await response.json()) as { data: { values: unknown[][] } }).data.values;
}

describe("POST P/import/jobs", () => {
  test("is 201 with the id, or 200 where set", async () => {
    for (const [answers, status] of [[{}, 201], [{ importCreate: 200 }, 200]] as const) {
      await using emulator = await startEmulator({ ...paid, answers });
      const client = await signIn(emulator);
      const answer = await client.call("POST", LIST, wanted);
      assert.equal(answer.status, status);
      const { data } = answer.body as { data: { id: string } };
      assert.match(data.id, UUID);
      assert.deepEqual(Object.keys(data), ["id"]);
      assert.deepEqual(emulator.importJobs(), [{
        id: data.id,
        projectId: PROJECT,
        modelId: MODEL,
        instanceId: "a1b2c3d4",
        importType: "online",
        state: "SecretCreated",
      }]);
    }
  });

  test("refuses what is missing, wrong or unknown", async () => {
    await using emulator = await startEmulator({ ...paid, importModels: [MODEL] });
    const client = await signIn(emulator);
    const noModel = {
      message: "Import model data source id is required",
      reason: "Required",
      field: "DataSourceId",
    };
    const noTarget = {
      message: "Aura database id is required",
      reason: "Required",
      field: "DbId",
    };
    const cases = [
      [{ importModelId: undefined }, 400, noModel],
      [{ importModelId: "" }, 400, noModel],
      [{ auraCredentials: undefined }, 400, noTarget],
      [{ auraCredentials: { dbId: "" } }, 400, noTarget],
      [{ auraCredentials: { dbId: "deadbeef" } }, 404, {
        message: "DB not found: deadbeef",
        reason: "db-not-found",
      }],
      [{ importModelId: "other" }, 404, {
        message: "The import model other does not exist",
        reason: "Requested",
      }],
      [{ importConfig: { importType: "cloud" } }, 400, {
        message: 'importConfig.importType: Invalid option: expected one of "online"|"bulk"',
        reason: "validation-error",
        field: "importConfig.importType",
      }],
    ] as const;
    for (const [change, status, error] of cases) {
      const answer = await client.call("POST", LIST, { ...wanted, ...change });
      assert.equal(answer.status, status, JSON.stringify(change));
      assert.deepEqual(answer.body, { errors: [error] });
    }
    const text = await client.call("POST", LIST, "{");
    assert.deepEqual(errorsOf(text), [
      { message: "The request body is not valid JSON", reason: "validation-error" },
    ]);
    const elsewhere = LIST.replace(PROJECT, "p9");
    const project = await client.call("POST", elsewhere, wanted);
    assert.equal(project.status, 404);
    assert.deepEqual(errorsOf(project), [
      { message: "The project p9 does not exist", reason: "Requested" },
    ]);
    assert.deepEqual(emulator.importJobs(), []);
  });

  test("an instance of another project is not known in this one", async () => {
    await using emulator = await startEmulator({
      clock: "manual",
      tenants: [{ id: PROJECT, name: "Local" }, { id: "p2", name: "Other" }],
      instances: [{ id: "a1b2c3d4", type: "professional-db", tenantId: "p2", engine: "canned" }],
    });
    const client = await signIn(emulator);
    assert.equal((await client.call("POST", LIST, wanted)).status, 404);
    const other = await client.call("POST", LIST.replace(PROJECT, "p2"), wanted);
    assert.equal(other.status, 201);
    const { id } = (other.body as { data: { id: string } }).data;
    assert.equal((await client.call("GET", `${LIST}/${id}`)).status, 404);
  });

  test("the list of jobs is 405; faults reach the new paths", async () => {
    await using emulator = await startEmulator(paid);
    const client = await signIn(emulator);
    const list = await client.call("GET", LIST);
    assert.equal(list.status, 405);
    assert.equal(list.headers.get("allow"), "POST");
    assert.deepEqual(errorsOf(list), [
      { message: "Method not allowed", reason: "method-not-allowed" },
    ]);
    emulator.fault("POST /v2beta1/organizations/:org/projects/:project/import/jobs", {
      reset: true,
      carriedOut: true,
    });
    await assert.rejects(client.call("POST", LIST, wanted));
    assert.equal(emulator.importJobs().length, 1);
    const untyped = await fetch(`${emulator.url}${LIST}`, {
      method: "POST",
      headers: { authorization: `Bearer ${client.token}` },
    });
    assert.equal(untyped.status, 415);
  });
});

describe("GET P/import/jobs/{id}", () => {
  test("goes from SecretCreated to Completed; percentage and rows rise", async () => {
    await using emulator = await startEmulator(paid);
    const client = await signIn(emulator);
    const id = await start(client);
    const states: (readonly unknown[])[] = [];
    const seen: number[] = [];
    for (let passedMs = 0; passedMs <= 3_300; passedMs += 300) {
      states.push(await stand(client, id));
      const { progress } = await infoOf(client, id) as unknown as {
        progress: Record<string, { processed_rows: number }[]>;
      };
      seen.push(
        [...progress["nodes"] ?? [], ...progress["relationships"] ?? []]
          .reduce((sum, { processed_rows }) => sum + processed_rows, 0),
      );
      await emulator.advance(300);
    }
    assert.deepEqual(states, [
      ["SecretCreated", 0, null],
      ["ModelConfigMapOwnerUpdated", 0, null],
      ["Queued", 0, null],
      ["Running", 0, null],
      ["Running", 14.28, null],
      ["Running", 28.57, null],
      ["Running", 42.85, null],
      ["Running", 57.14, null],
      ["Running", 71.42, null],
      ["Running", 85.71, null],
      ["Completed", 100, "Success"],
      ["Completed", 100, "Success"],
    ]);
    assert.deepEqual(seen, [0, 0, 0, 0, 42, 85, 128, 171, 214, 257, 300, 300]);
  });

  test("tells a running job and a completed one in full", async () => {
    await using emulator = await startEmulator(paid);
    const client = await signIn(emulator);
    const submitted = new Date(emulator.clock.now()).toISOString();
    const after = (ms: number): string => new Date(Date.parse(submitted) + ms).toISOString();
    const id = await start(client);
    await emulator.advance(2_000);
    const head = { id, import_type: "online", user_id: "44444444-5555-4666-8777-888888888888" };
    const tail = {
      data_source: {
        id: "33333333-4444-4555-8666-777777777777",
        type: "postgresql",
        name: "LOCAL_DATA_SOURCE",
      },
      aura_target: { db_id: "a1b2c3d4", project_id: PROJECT },
    };
    const running = {
      state: "Running",
      submitted_time: submitted,
      start_time: after(900),
      completion_time: null,
      cancellation_requested_time: null,
      last_update_time: after(2_000),
      percentage_complete: 52.38,
      exit_status: null,
    };
    for (const query of ["", "?progress=false"]) {
      const { status, body } = await client.call("GET", `${LIST}/${id}${query}`);
      assert.equal(status, 200);
      assert.deepEqual(body, { data: { ...head, info: running, ...tail } });
    }
    const progress = {
      nodes: [{
        id: "n:0",
        labels: ["Imported"],
        total_rows: 100,
        processed_rows: 100,
        created_nodes: 100,
        created_constraints: 1,
        created_indexes: 0,
      }],
      relationships: [{
        id: "r:0",
        type: "IMPORTED",
        total_rows: 200,
        processed_rows: 57,
        created_relationships: 57,
        created_constraints: 0,
        created_indexes: 0,
      }],
    };
    assert.deepEqual((await client.call("GET", `${LIST}/${id}?progress=true`)).body, {
      data: { ...head, info: { ...running, progress }, ...tail },
    });
    await emulator.advance(5_000);
    assert.deepEqual((await client.call("GET", `${LIST}/${id}`)).body, {
      data: {
        ...head,
        info: {
          ...running,
          state: "Completed",
          completion_time: after(3_000),
          last_update_time: after(3_000),
          percentage_complete: 100,
          exit_status: { state: "Success", message: "" },
        },
        ...tail,
      },
    });
  });

  test("answers.importUnset leaves out what is not known yet", async () => {
    await using emulator = await startEmulator({ ...paid, answers: { importUnset: "absent" } });
    const client = await signIn(emulator);
    const info = await infoOf(client, await start(client));
    assert.deepEqual(
      Object.keys(info).sort(),
      ["last_update_time", "percentage_complete", "progress", "state", "submitted_time"],
    );
    assert.match(info["submitted_time"] as string, TIME);
  });

  test("an unknown job is 404, to get and to cancel", async () => {
    await using emulator = await startEmulator(paid);
    const client = await signIn(emulator);
    for (const [method, rest] of [["GET", ""], ["POST", "/cancellation"]] as const) {
      const answer = await client.call(method, `${LIST}/87d485b4${rest}`);
      assert.equal(answer.status, 404);
      assert.deepEqual(answer.body, {
        errors: [{ message: "The job 87d485b4 does not exist", reason: "Requested" }],
      });
    }
  });
});

describe("POST P/import/jobs/{id}/cancellation", () => {
  test("is 200 with the id; the job ends as Cancelled soon, where it was; again is 400", async () => {
    await using emulator = await startEmulator(paid);
    const client = await signIn(emulator);
    const id = await start(client);
    await emulator.advance(1_600);
    const answer = await client.call("POST", `${LIST}/${id}/cancellation`);
    assert.equal(answer.status, 200);
    assert.deepEqual(answer.body, { data: { id } });
    const asked = await infoOf(client, id);
    assert.equal(asked.state, "Running");
    assert.equal(
      asked["cancellation_requested_time"],
      new Date(emulator.clock.now()).toISOString(),
    );
    await emulator.advance(300);
    const over = await infoOf(client, id);
    assert.equal(over.state, "Completed");
    assert.deepEqual(over.exit_status, { state: "Cancelled", message: "Cancelled" });
    assert.equal(over.percentage_complete, 47.61);
    await emulator.advance(5_000);
    assert.deepEqual(await infoOf(client, id), over);
    const again = await client.call("POST", `${LIST}/${id}/cancellation`);
    assert.equal(again.status, 400);
    assert.deepEqual(again.body, {
      errors: [{ message: `The job ${id} has requested to cancel`, reason: "Requested" }],
    });
  });

  test("one that has not begun never does; one that is over cannot be cancelled", async () => {
    await using emulator = await startEmulator(paid);
    const client = await signIn(emulator);
    const id = await start(client);
    await client.call("POST", `${LIST}/${id}/cancellation`);
    await emulator.advance(300);
    const info = await infoOf(client, id);
    assert.deepEqual([info.state, info["start_time"], info.percentage_complete], [
      "Completed",
      null,
      0,
    ]);
    const done = await start(client);
    await emulator.advance(3_000);
    const late = await client.call("POST", `${LIST}/${done}/cancellation`);
    assert.equal(late.status, 400);
    assert.deepEqual(errorsOf(late), [
      { message: `The job ${done} is already completed`, reason: "Requested" },
    ]);
  });
});

describe("jobs that cannot run", () => {
  test("a second one into a busy instance is taken, and ends as Failure; then the way is free", async () => {
    await using emulator = await startEmulator({
      ...paid,
      instances: [...paid.instances ?? [], { id: "b2c3d4e5", type: "professional-db" }],
    });
    const client = await signIn(emulator);
    const first = await start(client);
    await emulator.advance(1_500);
    const second = await start(client);
    const elsewhere = await start(client, { auraCredentials: { dbId: "b2c3d4e5" } });
    await emulator.advance(899);
    assert.deepEqual(await stand(client, second), ["Queued", 0, null]);
    await emulator.advance(1);
    const failed = await infoOf(client, second);
    assert.equal(failed.state, "Completed");
    assert.deepEqual(failed.exit_status, {
      state: "Failure",
      message: "Aura instance is used in another import",
    });
    assert.equal(failed.percentage_complete, 100);
    assert.equal(failed["start_time"], null);
    await emulator.advance(600);
    assert.deepEqual(await stand(client, first), ["Completed", 100, "Success"]);
    assert.deepEqual((await stand(client, elsewhere))[0], "Running");
    const third = await start(client);
    await emulator.advance(3_000);
    assert.deepEqual(await stand(client, third), ["Completed", 100, "Success"]);
  });

  test("an instance that does not run, or is gone, at the beginning or at the end, is a Failure", async () => {
    await using emulator = await startEmulator(paid);
    const client = await signIn(emulator);
    async function endOf(id: string): Promise<unknown> {
      const { state, exit_status } = await infoOf(client, id);
      return [state, exit_status];
    }
    await emulator.pause("a1b2c3d4");
    const paused = await start(client);
    await emulator.advance(900);
    assert.deepEqual(await endOf(paused), [
      "Completed",
      { state: "Failure", message: "Aura instance is not running: paused" },
    ]);
    const resumed = await start(client);
    await emulator.resume("a1b2c3d4");
    await emulator.advance(1_000);
    await emulator.pause("a1b2c3d4");
    await emulator.advance(2_000);
    assert.deepEqual(await endOf(resumed), [
      "Completed",
      { state: "Failure", message: "Aura instance is not running: paused" },
    ]);
    await emulator.resume("a1b2c3d4");
    const orphan = await start(client);
    await emulator.remove("a1b2c3d4");
    await emulator.advance(900);
    assert.deepEqual(await endOf(orphan), [
      "Completed",
      { state: "Failure", message: "Aura instance is not running: gone" },
    ]);
  });

  test("a Free and a Virtual Dedicated Cloud instance want the right login, others none", async () => {
    for (
      const [type, isAsked] of [
        ["free-db", true],
        ["enterprise-db", true],
        ["business-critical", false],
      ] as const
    ) {
      await using emulator = await startEmulator({
        clock: "manual",
        instances: [{ id: "a1b2c3d4", type, password: "secret", engine: "canned" }],
      });
      const client = await signIn(emulator);
      const bad = await start(client, {
        auraCredentials: { dbId: "a1b2c3d4", user: "neo4j", password: "wrong" },
      });
      await emulator.advance(3_000);
      const { exit_status } = await infoOf(client, bad);
      assert.deepEqual(
        exit_status,
        isAsked
          ? {
            state: "Failure",
            message: "The client is unauthorized due to authentication failure.",
          }
          : { state: "Success", message: "" },
        type,
      );
      const good = await start(client, {
        auraCredentials: { dbId: "a1b2c3d4", user: "neo4j", password: "secret" },
      });
      await emulator.advance(3_000);
      assert.deepEqual(await stand(client, good), ["Completed", 100, "Success"]);
    }
  });
});

describe("scriptImport()", () => {
  test("decides how the next jobs end, of a model or an instance, so many times", async () => {
    await using emulator = await startEmulator(paid);
    const client = await signIn(emulator);
    emulator.scriptImport({ outcome: "Failure", message: "Table ORDERS is gone", modelId: "m2" });
    emulator.scriptImport({ outcome: "Cancelled", instanceId: "a1b2c3d4" }, 2);
    emulator.scriptImport({ outcome: "Failure", instanceId: "b2c3d4e5" });
    async function endOf(modelId: string): Promise<unknown> {
      const id = await start(client, { importModelId: modelId });
      await emulator.advance(3_000);
      const { exit_status, percentage_complete, cancellation_requested_time: asked } = await infoOf(
        client,
        id,
      );
      return [exit_status?.state, exit_status?.message, percentage_complete, asked !== null];
    }
    assert.deepEqual(await endOf("m1"), ["Cancelled", "Cancelled", 50, true]);
    assert.deepEqual(await endOf("m2"), ["Failure", "Table ORDERS is gone", 100, false]);
    assert.deepEqual(await endOf("m2"), ["Cancelled", "Cancelled", 50, true]);
    assert.deepEqual(await endOf("m2"), ["Success", "", 100, false]);
    assert.deepEqual(
      emulator.importJobs().map(({ modelId, state, outcome, message }) => [
        modelId,
        state,
        outcome,
        message,
      ]),
      [
        ["m1", "Completed", "Cancelled", "Cancelled"],
        ["m2", "Completed", "Failure", "Table ORDERS is gone"],
        ["m2", "Completed", "Cancelled", "Cancelled"],
        ["m2", "Completed", "Success", ""],
      ],
    );
  });

  test("a job that another one keeps from running takes no script", async () => {
    await using emulator = await startEmulator(paid);
    const client = await signIn(emulator);
    await start(client);
    emulator.scriptImport({ outcome: "Failure" });
    const busy = await start(client);
    await emulator.advance(3_000);
    const next = await start(client);
    await emulator.advance(3_000);
    assert.equal(
      (await infoOf(client, busy)).exit_status?.message,
      "Aura instance is used in another import",
    );
    assert.deepEqual((await infoOf(client, next)).exit_status, {
      state: "Failure",
      message: "The import failed",
    });
  });

  test("sets what is reported, where it comes from and how long it takes", async () => {
    await using emulator = await startEmulator(paid);
    const client = await signIn(emulator);
    emulator.scriptImport({
      outcome: "Success",
      durationMs: 10_000,
      nodes: [{ labels: ["Customer"], rows: 4 }, { labels: ["Order", "Paid"], rows: 6 }],
      relationships: [{ type: "PLACED", rows: 10 }],
      dataSource: { type: "snowflake-jwt", name: "ORDERS_DB" },
    });
    const id = await start(client);
    await emulator.advance(3_000 + 2_800);
    const { body } = await client.call("GET", `${LIST}/${id}?progress=true`);
    const { data } = body as { data: Record<string, unknown> & { info: Info } };
    assert.deepEqual(data["data_source"], {
      id: "33333333-4444-4555-8666-777777777777",
      type: "snowflake-jwt",
      name: "ORDERS_DB",
    });
    assert.equal(data.info.percentage_complete, 40);
    assert.deepEqual(data.info["progress"], {
      nodes: [
        {
          id: "n:0",
          labels: ["Customer"],
          total_rows: 4,
          processed_rows: 4,
          created_nodes: 4,
          created_constraints: 1,
          created_indexes: 0,
        },
        {
          id: "n:1",
          labels: ["Order", "Paid"],
          total_rows: 6,
          processed_rows: 4,
          created_nodes: 4,
          created_constraints: 1,
          created_indexes: 0,
        },
      ],
      relationships: [{
        id: "r:0",
        type: "PLACED",
        total_rows: 10,
        processed_rows: 0,
        created_relationships: 0,
        created_constraints: 0,
        created_indexes: 0,
      }],
    });
    await emulator.advance(4_199);
    assert.equal((await infoOf(client, id)).state, "Running");
    await emulator.advance(1);
    assert.equal((await infoOf(client, id)).state, "Completed");
  });

  test("on success its Cypher has really run; a bulk import takes the place of what was there", async () => {
    await using emulator = await startEmulator(withData);
    const client = await signIn(emulator);
    emulator.scriptImport({ outcome: "Success", cypher: "CREATE (:Order {id: 1})" });
    emulator.scriptImport({
      outcome: "Success",
      cypher: ["CREATE (:Order {id: 2})", "CREATE (:Order {id: 3})"],
    }, 2);
    emulator.scriptImport({ outcome: "Failure", cypher: "CREATE (:Order {id: 4})" });
    async function idsAfter(importType: "online" | "bulk"): Promise<unknown> {
      const id = await start(client, { importConfig: { importType } });
      await emulator.advance(2_999);
      const before = await query(emulator, "MATCH (n) RETURN n.id ORDER BY n.id");
      await emulator.advance(1);
      const after = await query(emulator, "MATCH (n) RETURN n.id ORDER BY n.id");
      const { body } = await client.call("GET", `${LIST}/${id}`);
      assert.equal((body as { data: { import_type: string } }).data.import_type, importType);
      return [before.flat(), after.flat()];
    }
    assert.deepEqual(await idsAfter("online"), [[], [1]]);
    assert.deepEqual(await idsAfter("online"), [[1], [1, 2, 3]]);
    assert.deepEqual(await idsAfter("bulk"), [[1, 2, 3], [2, 3]]);
    assert.deepEqual(await idsAfter("online"), [[2, 3], [2, 3]]);
    assert.deepEqual(await idsAfter("bulk"), [[2, 3], []]);
  });

  test("Cypher that fails makes the job fail, and leaves nothing", async () => {
    await using emulator = await startEmulator(withData);
    const client = await signIn(emulator);
    emulator.scriptImport({ outcome: "Success", cypher: ["CREATE (:Order)", "CREATE (:"] });
    const id = await start(client);
    await emulator.advance(3_000);
    const { state, exit_status, percentage_complete } = await infoOf(client, id);
    assert.deepEqual([state, exit_status?.state, percentage_complete], [
      "Completed",
      "Failure",
      100,
    ]);
    assert.notEqual(exit_status?.message, "");
    assert.deepEqual(await query(emulator, "MATCH (n) RETURN count(n)"), [[0]]);
  });

  test("a real Neo4j behind a gate is not written to: a script with Cypher fails there", async () => {
    await using emulator = await startEmulator({
      clock: "manual",
      instances: [{ id: "a1b2c3d4", upstream: "bolt://127.0.0.1:1" }],
    });
    const client = await signIn(emulator);
    emulator.scriptImport({ outcome: "Success", cypher: "CREATE (:Order)" });
    const first = await start(client);
    await emulator.advance(3_000);
    assert.deepEqual((await infoOf(client, first)).exit_status, {
      state: "Failure",
      message: "Cannot import: a real Neo4j stands behind this instance of the local Aura",
    });
    const second = await start(client, { importConfig: { importType: "bulk" } });
    await emulator.advance(3_000);
    assert.deepEqual(await stand(client, second), ["Completed", 100, "Success"]);
  });
});

describe("import jobs and time", () => {
  test("on a clock that moves by itself, and without any time at all", async () => {
    for (const clock of ["real", { scale: 100 }] as const) {
      await using emulator = await startEmulator({
        ...paid,
        clock,
        importMs: clock === "real" ? 40 : 4_000,
      });
      const client = await signIn(emulator);
      emulator.scriptImport({ outcome: "Failure", durationMs: 0 });
      for (const outcome of ["Failure", "Success"]) {
        const id = await start(client);
        while ((await infoOf(client, id)).state !== "Completed") {
          await new Promise((go) => setTimeout(go, 5));
        }
        assert.equal((await infoOf(client, id)).exit_status?.state, outcome);
      }
    }
  });
});

describe("import jobs that are kept", () => {
  test("come back, go on, and write once; no password is on the disk", async () => {
    const folder = await mkdtemp(join(tmpdir(), "aura-import-jobs-"));
    const options: EmulatorOptions = { ...withData, persist: folder };
    const login = { dbId: "a1b2c3d4", user: "neo4j", password: "canary-of-import" };
    let first = "";
    let second = "";
    {
      await using emulator = await startEmulator(options);
      const client = await signIn(emulator);
      emulator.scriptImport({ outcome: "Success", cypher: "CREATE (:Order)" });
      first = await start(client, { auraCredentials: login });
      await emulator.advance(2_000);
    }
    assert.ok(!(await readFile(join(folder, "aura.json"), "utf8")).includes("canary-of-import"));
    {
      await using emulator = await startEmulator(options);
      const client = await signIn(emulator);
      assert.deepEqual(await stand(client, first), ["Running", 52.38, null]);
      await emulator.advance(1_000);
      assert.deepEqual(await stand(client, first), ["Completed", 100, "Success"]);
      second = await start(client);
      await client.call("POST", `${LIST}/${second}/cancellation`);
    }
    {
      await using emulator = await startEmulator(options);
      const client = await signIn(emulator);
      await emulator.advance(5_000);
      assert.deepEqual(await stand(client, first), ["Completed", 100, "Success"]);
      assert.deepEqual(await stand(client, second), ["Completed", 0, "Cancelled"]);
      assert.deepEqual(await query(emulator, "MATCH (n) RETURN count(n)"), [[1]]);
    }
    await rm(folder, { recursive: true });
  });

  test("one that was being written when the process died is a Failure that says so, and not written again", async () => {
    const folder = await mkdtemp(join(tmpdir(), "aura-import-jobs-"));
    const file = join(folder, "aura.json");
    let atWriting = "";
    let runs = 0;
    /** Remembers what is on the disk when it is written to. */
    function watchingEngine(): Engine {
      return {
        name: "watching",
        begin: () =>
          Promise.resolve({
            run: async () => {
              runs += 1;
              atWriting = await readFile(file, "utf8");
              return { columns: [], rows: [], type: "w" as const, counters: {} };
            },
            commit: () => Promise.resolve(),
            rollback: () => Promise.resolve(),
          }),
        close: () => Promise.resolve(),
      };
    }
    function options(): EmulatorOptions {
      const engine = watchingEngine();
      return {
        clock: "manual",
        persist: folder,
        instances: [{ id: "a1b2c3d4", type: "professional-db", engine }],
      };
    }
    let id = "";
    {
      await using emulator = await startEmulator(options());
      const client = await signIn(emulator);
      emulator.scriptImport({ outcome: "Success", cypher: "CREATE (:Order)" });
      id = await start(client);
      await emulator.advance(3_000);
      assert.deepEqual(await stand(client, id), ["Completed", 100, "Success"]);
    }
    await writeFile(file, atWriting);
    {
      await using emulator = await startEmulator(options());
      await emulator.advance(10_000);
      const client = await signIn(emulator);
      assert.deepEqual((await infoOf(client, id)).exit_status, {
        state: "Failure",
        message:
          "The local Aura ended while it wrote the data of this job: they may be there or not",
      });
    }
    assert.equal(runs, 1);
    await rm(folder, { recursive: true });
  });
});

describe("close()", () => {
  test("waits for what is being written, and leaves no timer", async () => {
    let release = (): void => {};
    let begun = (): void => {};
    const hasBegun = new Promise<void>((resolve) => {
      begun = resolve;
    });
    let isSeeded = false;
    const order: string[] = [];
    const engine: Engine = {
      name: "slow",
      begin: () =>
        Promise.resolve({
          run: async () => {
            begun();
            await new Promise<void>((resolve) => {
              release = resolve;
            });
            return { columns: [], rows: [], type: "w" as const, counters: {} };
          },
          commit: () => {
            // The seed's own transaction comes first.
            if (isSeeded) order.push("commit");
            isSeeded = true;
            return Promise.resolve();
          },
          rollback: () => Promise.resolve(),
        }),
      close: () => {
        order.push("close");
        return Promise.resolve();
      },
    };
    const emulator = await startEmulator({
      importMs: 10,
      instances: [{ id: "a1b2c3d4", type: "professional-db", engine }],
    });
    const client = await signIn(emulator);
    emulator.scriptImport({ outcome: "Success", cypher: "CREATE (:Order)" });
    const id = await start(client);
    await hasBegun;
    await client.call("POST", `${LIST}/${id}/cancellation`);
    await new Promise((resolve) => setTimeout(resolve, 20));
    // What is being written is no longer called off.
    assert.deepEqual(emulator.importJobs().map(({ state }) => state), ["Running"]);
    const closing = emulator.close();
    await new Promise((resolve) => setTimeout(resolve, 20));
    release();
    await closing;
    assert.deepEqual(order, ["commit", "close"]);
    assert.deepEqual(emulator.importJobs().map(({ state, outcome }) => [state, outcome]), [
      ["Completed", "Success"],
    ]);
  });
});
