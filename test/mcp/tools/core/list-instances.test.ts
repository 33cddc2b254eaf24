import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { type Emulator, startEmulator } from "../../../../src/emulator/mod.ts";
import { connectTo } from "../../connect.ts";

const ONE = "11111111-2222-4333-8444-555555555555";
const TWO = "22222222-2222-4333-8444-555555555555";

type Row = Record<string, unknown>;

function idsOf({ instances }: Record<string, unknown>): unknown[] {
  return (instances as Row[]).map(({ id }) => id);
}

describe("list_instances", () => {
  let aura: Emulator;
  before(async () => {
    aura = await startEmulator({
      requestsPerMinute: false,
      tenants: [{ id: ONE, name: "Production" }, { id: TWO, name: "Staging" }],
      instances: [
        { id: "a1b2c3d4", name: "orders", type: "professional-db", memory: "4GB" },
        { id: "b2c3d4e5", name: "stock", type: "professional-db", status: "paused" },
        { id: "c3d4e5f6", name: "Orders archive", tenantId: TWO, status: "paused" },
      ],
    });
  });
  after(() => aura.close());

  test("list_instances() gives status and type, in the order of names, and where there are several projects theirs", async () => {
    const { result, close } = await connectTo(aura);
    assert.deepEqual(await result("list_instances"), {
      instances: [
        {
          id: "c3d4e5f6",
          name: "Orders archive",
          status: "paused",
          type: "free-db",
          project_id: TWO,
        },
        {
          id: "a1b2c3d4",
          name: "orders",
          status: "running",
          type: "professional-db",
          project_id: ONE,
        },
        {
          id: "b2c3d4e5",
          name: "stock",
          status: "paused",
          type: "professional-db",
          project_id: ONE,
        },
      ],
      total: 3,
    });
    await close();
  });

  test("list_instances() filters by name, project and status", async () => {
    const { result, close } = await connectTo(aura);
    assert.deepEqual(idsOf(await result("list_instances", { name_contains: "ORD" })), [
      "c3d4e5f6",
      "a1b2c3d4",
    ]);
    assert.deepEqual(await result("list_instances", { project: "Production", status: "Paused" }), {
      instances: [
        { id: "b2c3d4e5", name: "stock", status: "paused", type: "professional-db" },
      ],
      total: 1,
    });
    assert.deepEqual(await result("list_instances", { status: "resuming" }), {
      instances: [],
      total: 0,
    });
    await close();
  });

  test("list_instances() gives all fields in full", async () => {
    const { result, close } = await connectTo(aura);
    const { instances } = await result("list_instances", { detail: "full", project: ONE });
    const [first] = instances as Row[];
    assert.equal(first?.["memory"], "4GB");
    assert.equal(first["project_id"], ONE);
    assert.equal(first["tenant_id"], undefined);
    assert.match(String(first["connection_url"]), /^neo4j:/);
    await close();
  });

  test("list_instances() reads only what stands on the page", async () => {
    const { result, close } = await connectTo(aura);
    aura.clearRequests();
    const first = await result("list_instances", { limit: 2 });
    assert.equal(aura.requests("GET /v1/instances/:id").length, 2);
    assert.equal(first["total"], 3);
    const second = await result("list_instances", { limit: 2, cursor: first["next_cursor"] });
    assert.deepEqual(idsOf(second), ["b2c3d4e5"]);
    assert.equal(second["next_cursor"], undefined);
    await close();
  });

  test("list_instances() goes on behind the last one of the wanted status", async () => {
    const { result, close } = await connectTo(aura);
    const first = await result("list_instances", { status: "paused", limit: 1 });
    assert.deepEqual(idsOf(first), ["c3d4e5f6"]);
    const next = { status: "paused", limit: 1, cursor: first["next_cursor"] };
    const second = await result("list_instances", next);
    assert.deepEqual(idsOf(second), ["b2c3d4e5"]);
    assert.equal(second["next_cursor"], undefined);
    await close();
  });

  test("list_instances() shows nothing beyond the scope", async () => {
    const project = await connectTo(aura, { project: "Staging" });
    assert.deepEqual(idsOf(await project.result("list_instances")), ["c3d4e5f6"]);
    const { tools } = await project.client.listTools();
    const listed = tools.find(({ name }) => name === "list_instances");
    assert.equal(listed?.inputSchema.properties?.["project"], undefined);
    await project.close();
    const instance = await connectTo(aura, { instance: "stock" });
    assert.deepEqual(idsOf(await instance.result("list_instances")), ["b2c3d4e5"]);
    await instance.close();
  });

  test("list_instances() lists one that cannot be read, and says so", async () => {
    const { result, failure, close } = await connectTo(aura);
    // The client tries once more with another token.
    aura.fault("GET /v1/instances/a1b2c3d4", { status: 403 }, 2);
    const { instances, notes } = await result("list_instances", { project: ONE });
    assert.deepEqual((instances as Row[])[0], { id: "a1b2c3d4", name: "orders" });
    assert.match(String(notes), /^1 of 2 are listed without status: Cannot get instance/);
    aura.fault("GET /v1/instances/:id", { status: 403 }, 4);
    assert.match(await failure("list_instances", { project: ONE }), /^Cannot get instance/);
    await close();
  });

  test("list_instances() refuses what it does not know", async () => {
    const { failure, close } = await connectTo(aura);
    assert.match(
      await failure("list_instances", { limt: 3 }),
      /^Invalid arguments for tool list_instances: there is no argument "limt": there are limit, /,
    );
    assert.match(
      await failure("list_instances", { project: "Prodction" }),
      /^Cannot find project "Prodction".*\nNext: did you mean "Production"\?$/,
    );
    await close();
  });

  test("list_instances() looks at fifty in a call, then gives a cursor", async () => {
    await using many = await startEmulator({
      requestsPerMinute: false,
      instances: Array.from({ length: 60 }, (_, index) => ({
        id: (0xa0000000 + index).toString(16),
        name: `db ${String(index).padStart(3, "0")}`,
        engine: "canned" as const,
        status: index === 55 ? "paused" : "running",
      })),
    });
    const { result, close } = await connectTo(many);
    many.clearRequests();
    const first = await result("list_instances", { status: "paused" });
    assert.equal(many.requests("GET /v1/instances/:id").length, 50);
    assert.deepEqual(first["instances"], []);
    assert.equal(first["total"], undefined);
    assert.match(String(first["notes"]), /^Looked at 50 of 60 instances/);
    const cursor = first["next_cursor"];
    const second = await result("list_instances", { status: "paused", cursor });
    assert.deepEqual(idsOf(second), [(0xa0000000 + 55).toString(16)]);
    assert.equal(second["next_cursor"], undefined);
    await close();
    const other = await connectTo(many);
    const page = await other.result("list_instances", { limit: 200 });
    assert.equal(idsOf(page).length, 50);
    assert.equal(page["total"], 60);
    await other.close();
  });
});
