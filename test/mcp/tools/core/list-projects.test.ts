import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { type Emulator, startEmulator } from "../../../../src/emulator/mod.ts";
import { connectTo } from "../../connect.ts";

const ONE = "11111111-2222-4333-8444-555555555555";
const TWO = "22222222-2222-4333-8444-555555555555";

describe("list_projects", () => {
  let aura: Emulator;
  before(async () => {
    aura = await startEmulator({
      requestsPerMinute: false,
      tenants: [{ id: ONE, name: "Production" }, { id: TWO, name: "Staging" }],
    });
  });
  after(() => aura.close());

  test("list_projects() gives ids and names by one request", async () => {
    const { result, close } = await connectTo(aura);
    aura.clearRequests();
    assert.deepEqual(await result("list_projects"), {
      projects: [{ id: ONE, name: "Production" }, { id: TWO, name: "Staging" }],
      total: 2,
    });
    assert.equal(aura.requests("GET /v1/tenants").length, 1);
    assert.equal(aura.requests("GET /v1/tenants/:id").length, 0);
    await close();
  });

  test("list_projects() gives pages", async () => {
    const { result, failure, close } = await connectTo(aura);
    const first = await result("list_projects", { limit: 1 });
    assert.deepEqual(first["projects"], [{ id: ONE, name: "Production" }]);
    const second = await result("list_projects", { limit: 1, cursor: first["next_cursor"] });
    assert.deepEqual(second, { projects: [{ id: TWO, name: "Staging" }], total: 2 });
    assert.match(
      await failure("list_projects", { cursor: "nonsense" }),
      /^Cannot go on in the list/,
    );
    await close();
  });

  test("list_projects() tells in full what may be created in each", async () => {
    const { result, close } = await connectTo(aura);
    const { projects } = await result("list_projects", { detail: "full" });
    const [first] = projects as { instance_types: Record<string, string[]> }[];
    assert.deepEqual(first?.instance_types["free-db"], ["gcp"]);
    assert.ok(first.instance_types["professional-db"]?.includes("aws"));
    await close();
  });

  test("list_projects() shows no other project where the server is narrowed to one", async () => {
    const { result, close } = await connectTo(aura, { project: "Staging" });
    assert.deepEqual(await result("list_projects"), {
      projects: [{ id: TWO, name: "Staging" }],
      total: 1,
    });
    await close();
  });

  test("list_projects() is gone where the server is narrowed to an instance", async () => {
    const { client, close } = await connectTo(aura, { instance: "demo" });
    const { tools } = await client.listTools();
    assert.ok(!tools.some(({ name }) => name === "list_projects"));
    await close();
  });

  test("list_projects() says what is wrong with the API key", async () => {
    const { failure, close } = await connectTo(aura, {
      credentials: { clientId: "local-aura-client", clientSecret: "wrong" },
    });
    const text = await failure("list_projects");
    assert.match(text, /client id and secret/);
    assert.ok(!text.includes("wrong"));
    await close();
  });
});
