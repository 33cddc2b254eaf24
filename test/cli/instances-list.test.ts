import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type Emulator, type InstanceSeed, startEmulator } from "../../src/emulator/mod.ts";
import { dataOf, errorOf, runCli } from "./process.ts";

const GET = "GET /v1/instances/:id";

function fleet(count: number): InstanceSeed[] {
  return Array.from({ length: count }, (_, index) => ({
    id: index.toString(16).padStart(8, "0"),
    name: `number ${index}`,
    type: "professional-db",
    engine: "canned",
  }));
}

/** How many requests were under way at the same time. */
function span(emulator: Emulator): number {
  const times = emulator.requests(GET).map(({ at }) => at);
  return Math.max(...times) - Math.min(...times);
}

describe("instances list", () => {
  test("shows what the API's list does not: status, type, memory, region", async () => {
    await using emulator = await startEmulator({
      instances: [
        { id: "a1b2c3d4", name: "orders", type: "professional-db", memory: "4GB", tenantId: "t1" },
        { id: "b2c3d4e5", name: "demo", tenantId: "t2", host: null, status: "paused" },
        { id: "c3d4e5f6", name: "gone", type: "professional-db", tenantId: "t2" },
        { id: "d4e5f6a7", name: "odd", type: "professional-db", tenantId: "t2" },
      ],
      tenants: [{ id: "t1", name: "Live" }, { id: "t2", name: "Staging" }],
    });
    await emulator.setStatus("c3d4e5f6", "destroying");
    await emulator.setStatus("d4e5f6a7", "dreaming");
    const env = emulator.env();
    const table = await runCli(["instances", "list", "--output", "table"], { env });
    assert.equal(table.code, 0, table.stderr);
    assert.equal(
      table.stdout,
      "ID        NAME    STATUS      TYPE             MEMORY  REGION            PROJECT\n" +
        "a1b2c3d4  orders  running     professional-db  4GB     gcp europe-west1  t1\n" +
        "b2c3d4e5  demo    paused      free-db          1GB     gcp europe-west1  t2\n" +
        "c3d4e5f6  gone    destroying  professional-db  -       gcp europe-west1  t2\n" +
        "d4e5f6a7  odd     dreaming    professional-db  2GB     gcp europe-west1  t2\n",
    );
    const json = await runCli(["instances", "list", "--project", "Staging"], { env });
    const rows = dataOf(json) as Record<string, unknown>[];
    assert.deepEqual(rows.map(({ id, status }) => [id, status]), [
      ["b2c3d4e5", "paused"],
      ["c3d4e5f6", "destroying"],
      ["d4e5f6a7", "dreaming"],
    ]);
    assert.equal(rows[0]?.["connection_url"], null);
    const lines = await runCli(["instances", "list", "--format", "ndjson"], { env });
    assert.equal(lines.stdout.trimEnd().split("\n").length, 4);

    const unknown = await runCli(["instances", "list", "--project", "Lives"], { env });
    assert.equal(unknown.code, 3);
    assert.equal(errorOf(unknown)["suggestion"], 'did you mean "Live"?');
  });

  test("without instances it says so", async () => {
    await using emulator = await startEmulator({ instances: [{ id: "a1b2c3d4" }] });
    const env = emulator.env();
    await emulator.remove("a1b2c3d4");
    assert.equal(
      (await runCli(["instances", "list", "--output", "table"], { env })).stdout,
      "There are no instances\n",
    );
    assert.deepEqual(dataOf(await runCli(["instances", "list"], { env })), []);
  });

  test("reads 50 at once; one that is gone meanwhile has no status", async () => {
    await using emulator = await startEmulator({ instances: fleet(50) });
    emulator.fault("GET /v1/instances/:id", { delayMs: 100 }, 49);
    emulator.fault("GET /v1/instances/:id", {
      status: 404,
      body: { errors: [{ message: "DB not found", reason: "db-not-found" }] },
    }, 1);
    const result = await runCli(["instances", "list"], { env: emulator.env() });
    assert.equal(result.code, 0, result.stderr);
    const rows = dataOf(result) as Record<string, unknown>[];
    assert.equal(rows.length, 50);
    assert.equal(rows.filter(({ status }) => status === "running").length, 49);
    assert.ok(span(emulator) < 100, `the last one began ${span(emulator)} ms after the first`);
  });

  test("reads the first 50 unless --all is given, and tells how far it is", async () => {
    await using emulator = await startEmulator({ instances: fleet(60), requestsPerMinute: false });
    const env = emulator.env();
    const some = await runCli(["instances", "list"], { env });
    assert.equal(some.code, 0, some.stderr);
    assert.equal(
      some.stderr,
      "Status and type are shown for the first 50; --all reads the other 10 too\n",
    );
    assert.equal(emulator.requests(GET).length, 50);
    emulator.clearRequests();

    const all = await runCli(["instances", "list", "--all"], { env });
    assert.equal(emulator.requests(GET).length, 60);
    const rows = dataOf(all) as Record<string, unknown>[];
    assert.ok(rows.every(({ status }) => status === "running"));
    assert.match(
      all.stderr,
      /^Reading 50 of 60 instances; Aura allows 125 requests a minute$/m,
    );
  });
});

describe("instances get", () => {
  test("shows all there is, by id or by name, and says when there is none of that name", async () => {
    await using emulator = await startEmulator({
      instances: [
        {
          id: "a1b2c3d4",
          name: "orders",
          type: "professional-db",
          memory: "4GB",
          host: null,
          createdAt: "2026-02-03T04:05:06Z",
        },
        { id: "b2c3d4e5", name: "twin", type: "professional-db" },
        { id: "c3d4e5f6", name: "twin", type: "professional-db" },
      ],
    });
    const env = emulator.env();
    const args = ["instances", "get"];
    const table = await runCli([...args, "orders", "--output", "table"], { env });
    assert.equal(
      table.stdout,
      "id              a1b2c3d4\n" +
        "name            orders\n" +
        "status          running\n" +
        "type            professional-db\n" +
        "memory          4GB\n" +
        "storage         8GB\n" +
        "region          gcp europe-west1\n" +
        "project         11111111-2222-4333-8444-555555555555\n" +
        "connection URL  -\n" +
        "created         2026-02-03T04:05:06Z\n",
    );
    // The one of the settings.
    const preset = await runCli(args, { env });
    assert.equal((dataOf(preset) as { id: string }).id, "a1b2c3d4");

    const unknown = await runCli([...args, "order"], { env });
    assert.equal(unknown.code, 3);
    assert.deepEqual(errorOf(unknown), {
      code: "NOT_FOUND",
      exit_code: 3,
      message: 'Cannot find instance "order": the API key sees none with this id or name',
      suggestion: 'did you mean "orders"?',
    });
    const twin = await runCli([...args, "twin"], { env });
    assert.equal(twin.code, 2);
    assert.equal(errorOf(twin)["suggestion"], "use an id: b2c3d4e5 (gcp), c3d4e5f6 (gcp)");
  });
});
