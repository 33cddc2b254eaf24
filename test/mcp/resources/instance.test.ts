import assert from "node:assert/strict";
import { after, afterEach, before, describe, test } from "node:test";
import { type Emulator, startEmulator } from "../../../src/emulator/mod.ts";
import { type Connected, type ConnectOptions, connectTo } from "../connect.ts";
import { complete, readJson, readText } from "./read.ts";

const ONE = "11111111-2222-4333-8444-555555555555";
const TWO = "22222222-2222-4333-8444-555555555555";
const URI = "aura://instances/{id}";
const GET = "GET /v1/instances/:id";

const SEEDS = [
  { id: "aaaa0001", name: "orders", type: "professional-db" },
  { id: "aaaa0002", name: "Orders archive", status: "paused" },
  { id: "bbbb0003", name: "movies", tenantId: TWO },
  { id: "bbbb0004", name: "movies", tenantId: TWO },
];

describe("aura://instances/{id}", () => {
  let aura: Emulator;
  const open: Connected[] = [];

  before(async () => {
    aura = await startEmulator({
      instances: SEEDS.map((seed) => ({ ...seed, engine: "canned" as const })),
      tenants: [{ id: ONE, name: "Prod" }, { id: TWO, name: "Play" }],
    });
  });
  after(() => aura.close());
  afterEach(async () => {
    for (const connected of open.splice(0)) await connected.close();
    aura.clearRequests();
  });

  async function connect(options: ConnectOptions = {}): Promise<Connected> {
    const connected = await connectTo(aura, options);
    open.push(connected);
    return connected;
  }

  async function listed(connected: Connected): Promise<string[]> {
    const { resources } = await connected.client.listResources();
    return resources.map(({ uri }) => uri).filter((uri) => uri.startsWith("aura://instances/"));
  }

  test("reads one by its id", async () => {
    const connected = await connect();
    const { contents: [content] } = await connected.client.readResource({
      uri: "aura://instances/aaaa0001",
    });
    assert.equal(content?.mimeType, "application/json");
    const instance = await readJson(connected, "aura://instances/aaaa0001");
    assert.equal(instance["name"], "orders");
    assert.equal(instance["status"], "running");
    assert.equal(instance["project_id"], ONE);
    assert.equal(instance["tenant_id"], undefined);
  });

  test("a name is no address, and what is missing is -32002", async () => {
    const { client } = await connect();
    for (
      const uri of [
        "aura://instances/orders",
        "aura://instances/ffff9999",
        "aura://instances/..%2Ftenants",
        "aura://instances/%",
        "aura://instances/",
        "aura://instances/aaaa0001/more",
        "aura://nothing",
        "file:///etc/passwd",
      ]
    ) {
      await assert.rejects(client.readResource({ uri }), { code: -32002 }, uri);
    }
  });

  test("a failure of the API is told in words", async () => {
    const { client } = await connect();
    aura.fault(GET, { status: 403, body: { errors: [{ message: "No", reason: "forbidden" }] } }, 3);
    await assert.rejects(
      client.readResource({ uri: "aura://instances/aaaa0001" }),
      (error: Error & { code: number }) => {
        assert.equal(error.code, -32603);
        assert.match(error.message, /Cannot get instance: No/);
        assert.doesNotMatch(error.message, /Bearer|local-aura-secret|at .*\.ts/);
        return true;
      },
    );
    // A proxy's page does not mean that it is gone.
    const handle = aura.fault(GET, { html: true, status: 404 }, 9);
    await assert.rejects(client.readResource({ uri: "aura://instances/aaaa0001" }), {
      code: -32603,
    });
    handle.cancel();
  });

  test("all are listed by their ids, under their names", async () => {
    const connected = await connect();
    assert.deepEqual(await listed(connected), SEEDS.map(({ id }) => `aura://instances/${id}`));
    const { resources } = await connected.client.listResources();
    assert.equal(resources.find(({ uri }) => uri.endsWith("aaaa0002"))?.name, "Orders archive");
    const { resourceTemplates } = await connected.client.listResourceTemplates();
    assert.deepEqual(resourceTemplates.map(({ uriTemplate }) => uriTemplate), [
      "aura://instances/{id}",
      "aura://projects/{id}",
      "aura://import-jobs/{id}",
      "aura://graphql/{instance}/{id}/schema",
    ]);
  });

  test("a list that cannot be had now costs none of the others", async () => {
    const connected = await connect();
    const handle = aura.fault("GET /v1/instances", { status: 403 }, 9);
    const { resources } = await connected.client.listResources();
    handle.cancel();
    assert.deepEqual(resources.map(({ uri }) => uri), [
      "aura://config",
      `aura://projects/${ONE}`,
      `aura://projects/${TWO}`,
    ]);
  });

  test("is completed by the beginning of the id or of the name, for one request", async () => {
    const connected = await connect();
    const id = (value: string): Promise<string[]> =>
      complete(connected, { uri: URI }, { name: "id", value });
    assert.deepEqual(await id("aaaa"), ["aaaa0001", "aaaa0002"]);
    assert.deepEqual(await id("ORD"), ["aaaa0001", "aaaa0002"]);
    assert.deepEqual(await id("bbbb0003"), ["bbbb0003"]);
    assert.deepEqual(await id("rders"), []);
    assert.equal((await id("")).length, 4);
    assert.equal(aura.requests("GET /v1/instances").length, 1);
    assert.deepEqual(await complete(connected, { uri: URI }, { name: "__proto__", value: "" }), []);
  });

  test("in the scope of a project the others do not exist", async () => {
    const connected = await connect({ project: "Play" });
    assert.deepEqual(await listed(connected), [
      "aura://instances/bbbb0003",
      "aura://instances/bbbb0004",
    ]);
    assert.equal((await readJson(connected, "aura://instances/bbbb0003"))["name"], "movies");
    await assert.rejects(connected.client.readResource({ uri: "aura://instances/aaaa0001" }), {
      code: -32002,
    });
    assert.deepEqual(await complete(connected, { uri: URI }, { name: "id", value: "aaaa" }), []);
    await assert.rejects(
      connected.client.subscribeResource({ uri: "aura://instances/aaaa0001" }),
      { code: -32002 },
    );
  });

  test("in the scope of an instance the others do not exist", async () => {
    const connected = await connect({ instance: "orders" });
    assert.deepEqual(await listed(connected), ["aura://instances/aaaa0001"]);
    assert.equal((await readJson(connected, "aura://instances/aaaa0001"))["name"], "orders");
    await assert.rejects(connected.client.readResource({ uri: "aura://instances/aaaa0002" }), {
      code: -32002,
    });
    assert.deepEqual(await complete(connected, { uri: URI }, { name: "id", value: "" }), [
      "aaaa0001",
    ]);
  });

  test("what is hidden in a name is gone", async () => {
    aura.fault(GET, {
      status: 200,
      body: {
        data: {
          id: "aaaa0001",
          name: "or\u202Eders\u{E0041}",
          status: "running",
          tenant_id: ONE,
          cloud_provider: "gcp",
          password: "canary-password",
        },
      },
    });
    const text = await readText(await connect(), "aura://instances/aaaa0001");
    assert.equal((JSON.parse(text) as { name: string }).name, "orders");
    assert.doesNotMatch(text, /canary/);
  });
});
