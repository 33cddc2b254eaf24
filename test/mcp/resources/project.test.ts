import assert from "node:assert/strict";
import { after, afterEach, before, describe, test } from "node:test";
import { type Emulator, startEmulator } from "../../../src/emulator/mod.ts";
import { type Connected, type ConnectOptions, connectTo } from "../connect.ts";
import { complete, readJson } from "./read.ts";

const ONE = "11111111-2222-4333-8444-555555555555";
const TWO = "22222222-2222-4333-8444-555555555555";
const URI = "aura://projects/{id}";
const GET = "GET /v1/tenants/:id";

const COMMON = { type: "professional-db", version: "5", cloud_provider: "gcp" };

describe("aura://projects/{id}", () => {
  let aura: Emulator;
  const open: Connected[] = [];

  before(async () => {
    aura = await startEmulator({
      instances: [{ id: "aaaa0001", name: "orders", engine: "canned" }],
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

  test("tells what may be created, compactly, and nothing that may not", async () => {
    aura.fault(GET, {
      status: 200,
      body: {
        data: {
          id: ONE,
          name: "Prod",
          secret: "canary",
          instance_configurations: [
            { ...COMMON, region: "europe-west1", memory: "2GB", storage: "4GB" },
            { ...COMMON, region: "europe-west1", memory: "4GB", storage: "8GB" },
            { ...COMMON, region: "us-central1", memory: "2GB", storage: "4GB" },
            { ...COMMON, region: "us-central1", memory: "4GB", storage: "8GB" },
            // Only the small one.
            { ...COMMON, region: "asia-east1", memory: "2GB", storage: "4GB" },
            { ...COMMON, type: "free-db", region: "europe-west1", memory: "1GB" },
          ],
        },
      },
    });
    assert.deepEqual(await readJson(await connect(), `aura://projects/${ONE}`), {
      id: ONE,
      name: "Prod",
      configurations: [
        { ...COMMON, regions: ["europe-west1", "us-central1"], sizes: ["2GB/4GB", "4GB/8GB"] },
        { ...COMMON, regions: ["asia-east1"], sizes: ["2GB/4GB"] },
        { ...COMMON, type: "free-db", regions: ["europe-west1"], sizes: ["1GB"] },
      ],
    });
  });

  test("is listed, completed by id or name, and -32002 where there is none", async () => {
    const connected = await connect();
    assert.equal((await readJson(connected, `aura://projects/${TWO}`))["name"], "Play");
    const id = (value: string): Promise<string[]> =>
      complete(connected, { uri: URI }, { name: "id", value });
    assert.deepEqual(await id("pl"), [TWO]);
    assert.deepEqual(await id("1111"), [ONE]);
    for (const missing of ["33333333-2222-4333-8444-555555555555", "Prod", ".."]) {
      await assert.rejects(
        connected.client.readResource({ uri: `aura://projects/${encodeURIComponent(missing)}` }),
        { code: -32002 },
        missing,
      );
    }
  });

  for (const scope of [{ project: "Prod" }, { instance: "orders" }]) {
    test(`within ${JSON.stringify(scope)} there is one`, async () => {
      const connected = await connect(scope);
      const { resources } = await connected.client.listResources();
      assert.deepEqual(
        resources.map(({ uri }) => uri).filter((uri) => uri.startsWith("aura://projects/")),
        [`aura://projects/${ONE}`],
      );
      assert.equal((await readJson(connected, `aura://projects/${ONE}`))["name"], "Prod");
      await assert.rejects(connected.client.readResource({ uri: `aura://projects/${TWO}` }), {
        code: -32002,
      });
    });
  }
});
