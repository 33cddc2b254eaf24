import assert from "node:assert/strict";
import { after, afterEach, before, describe, test } from "node:test";
import { createAura } from "../../../src/aura/aura.ts";
import { type Emulator, startEmulator } from "../../../src/emulator/mod.ts";
import { type Connected, type ConnectOptions, connectTo } from "../connect.ts";
import { complete, readText } from "./read.ts";

const URI = "aura://graphql/{instance}/{id}/schema";
const TYPES = "type Movie @node {\n  title: String!\n}\n";

describe("aura://graphql/{instance}/{id}/schema", () => {
  let aura: Emulator;
  let api = "";
  const open: Connected[] = [];

  before(async () => {
    aura = await startEmulator({
      dataApiMs: 0,
      instances: [
        { id: "aaaa0001", name: "orders", type: "professional-db", engine: "canned" },
        { id: "bbbb0002", name: "movies", type: "professional-db", engine: "canned" },
      ],
    });
    const env = aura.env();
    const client = createAura({
      baseUrl: aura.url,
      credentials: {
        clientId: env["AURA_CLIENT_ID"] ?? "",
        clientSecret: env["AURA_CLIENT_SECRET"] ?? "",
      },
    });
    const created = await client.dataApis.create("bbbb0002", {
      name: "catalogue",
      type_definitions: TYPES,
      aura_instance: { service_account: "read_only" },
      security: { authentication_providers: [{ type: "api-key", name: "default" }] },
    });
    api = created.id;
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

  test("gives the type definitions as they are, as text", async () => {
    const connected = await connect();
    const uri = `aura://graphql/bbbb0002/${api}/schema`;
    const { contents: [content] } = await connected.client.readResource({ uri });
    assert.equal(content?.mimeType, "text/plain");
    assert.equal(await readText(connected, uri), TYPES);
  });

  test("is not listed, and completed by its instance", async () => {
    const connected = await connect();
    const { resources } = await connected.client.listResources();
    assert.deepEqual(resources.filter(({ uri }) => uri.startsWith("aura://graphql")), []);
    const ref = { uri: URI };
    assert.deepEqual(await complete(connected, ref, { name: "instance", value: "mov" }), [
      "bbbb0002",
    ]);
    const id = { name: "id", value: "cat" };
    assert.deepEqual(await complete(connected, ref, id, { instance: "bbbb0002" }), [api]);
    assert.deepEqual(await complete(connected, ref, id, { instance: "aaaa0001" }), []);
    assert.deepEqual(await complete(connected, ref, id), []);
    assert.deepEqual(await complete(connected, ref, id, { instance: "ffff9999" }), []);
  });

  test("what is missing, or is another instance's, is -32002", async () => {
    const { client } = await connect();
    for (const path of [`aaaa0001/${api}`, "bbbb0002/ffff9999", `ffff9999/${api}`, "bbbb0002/.."]) {
      const uri = `aura://graphql/${path}/schema`;
      await assert.rejects(client.readResource({ uri }), { code: -32002 }, uri);
    }
    const narrow = await connect({ instance: "orders" });
    const uri = `aura://graphql/bbbb0002/${api}/schema`;
    await assert.rejects(narrow.client.readResource({ uri }), { code: -32002 });
  });
});
