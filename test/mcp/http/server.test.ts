import { Client } from "@modelcontextprotocol/sdk/client";
// @ts-types="@modelcontextprotocol/sdk/client/streamableHttp"
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { Hono } from "hono";
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { serveHttp } from "../../../mcp/http/serve.ts";
import { createAuraMcpServer, type MountedMcp, mountMcp } from "../../../mcp/mod.ts";
import { type Emulator, startEmulator } from "../../../src/emulator/mod.ts";
import { memoryJournal } from "../../../src/store/memory-journal.ts";
import { memoryStore } from "../../../src/store/memory.ts";

const TOKEN = "a-token-of-some-length";

/** The real server in a user's app, over a real port. */
describe("mountMcp()", () => {
  let emulator: Emulator;
  let mounted: MountedMcp;
  let url: URL;
  let close: () => Promise<void>;
  const heard: string[] = [];

  before(async () => {
    emulator = await startEmulator({
      instances: [{ id: "aaaa1111", name: "orders" }, { id: "bbbb2222", name: "stock" }],
    });
    const variables: Readonly<Record<string, string>> = emulator.env();
    const app = new Hono();
    mounted = mountMcp(app, {
      mode: "write",
      token: TOKEN,
      surroundings: {
        env: (name) => variables[name],
        home: undefined,
        platform: "linux",
        cwd: "/nowhere",
      },
      state: { store: memoryStore(), journal: memoryJournal() },
      onToolCall: (tool, outcome) => void heard.push(`${tool} ${outcome}`),
    });
    app.get("/", (c) => c.text("the user's own"));
    const served = await serveApp(app);
    ({ url, close } = served);
  });
  after(async () => {
    await mounted.close();
    await close();
    await emulator.close();
  });

  async function connect(
    path: string,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Client> {
    const client = new Client({ name: "test", version: "1.0.0" });
    const requestInit = { headers: { authorization: `Bearer ${TOKEN}`, ...headers } };
    await client.connect(new StreamableHTTPClientTransport(new URL(path, url), { requestInit }));
    return client;
  }

  async function toolsOf(path: string): Promise<string[]> {
    const client = await connect(path);
    const { tools } = await client.listTools();
    await client.close();
    return tools.map(({ name }) => name);
  }

  test("stands beside the app's own routes", async () => {
    assert.equal(await (await fetch(url)).text(), "the user's own");
    assert.equal((await fetch(new URL("/mcp", url), { method: "POST" })).status, 401);
    assert.equal((await fetch(new URL("/healthz", url))).status, 200);
  });

  test("a caller can have less than the operator allows, and never more", async () => {
    const all = await toolsOf("/mcp");
    assert.ok(all.includes("create_instance") && !all.includes("delete_instance"));
    assert.deepEqual(await toolsOf("/mcp?mode=destructive"), all);
    const read = await toolsOf("/mcp?read_only=true");
    assert.ok(read.includes("list_instances") && !read.includes("create_instance"));
    assert.deepEqual(await toolsOf("/mcp?toolsets=snapshots&mode=read"), ["list_snapshots"]);
    assert.deepEqual(await toolsOf("/mcp?tools=diagnose,delete_instance"), ["diagnose"]);
  });

  test("a tool that there is not is answered with 400, and what is near", async () => {
    const response = await fetch(new URL("/mcp?tools=list_instance", url), {
      method: "POST",
      headers: {
        authorization: `Bearer ${TOKEN}`,
        "content-type": "application/json",
        accept: "application/json, text/event-stream",
      },
      body: JSON.stringify({
        jsonrpc: "2.0",
        id: 1,
        method: "initialize",
        params: {
          protocolVersion: "2025-11-25",
          capabilities: {},
          clientInfo: { name: "t", version: "1" },
        },
      }),
    });
    assert.equal(response.status, 400);
    assert.match(await response.text(), /there is no tool .*list_instance.*list_instances/);
  });

  test("two callers narrowed to two instances see one each", async () => {
    for (const name of ["orders", "stock"]) {
      const client = await connect(`/mcp?instance=${name}`);
      const { structuredContent } = await client.callTool({ name: "get_instance", arguments: {} });
      assert.equal(Object(structuredContent).name, name);
      await client.close();
    }
  });

  test("a caller with an Aura key of its own has no login, no file and no settings of the server", async () => {
    const client = await connect("/mcp?toolsets=core,instances,database", {
      "x-aura-client-id": emulator.env()["AURA_CLIENT_ID"] ?? "",
      "x-aura-client-secret": emulator.env()["AURA_CLIENT_SECRET"] ?? "",
    });
    const listed = await client.callTool({ name: "list_instances", arguments: {} });
    assert.equal(Object(listed.structuredContent).total, 2);
    emulator.clearRequests();
    const created = await client.callTool({
      name: "create_instance",
      arguments: { name: "mine", type: "free-db" },
    });
    assert.equal(created.isError, true);
    assert.match(JSON.stringify(created.content), /No instance was created/);
    assert.ok(
      !emulator.requests().some(({ method, path }) =>
        method === "POST" && path === "/v1/instances"
      ),
    );
    const { contents } = await client.readResource({ uri: "aura://config" });
    assert.doesNotMatch(JSON.stringify(contents), /NEO4J_URI|AURA_CLIENT_SECRET/);
    await client.close();
  });

  test("tells of each call, and counts it", async () => {
    heard.length = 0;
    const client = await connect("/mcp");
    await client.callTool({ name: "list_instances", arguments: {} });
    await client.callTool({ name: "get_instance", arguments: { instance: "nobody" } });
    await client.close();
    assert.deepEqual(heard, ["list_instances ok", "get_instance error"]);
    const metrics = await fetch(new URL("/metrics", url), {
      headers: { authorization: `Bearer ${TOKEN}` },
    });
    assert.match(await metrics.text(), /tool="get_instance",outcome="error"/);
  });
});

test("fifty sessions with twenty calls each, all at once: no error", async () => {
  const server = createAuraMcpServer({
    state: { store: memoryStore(), journal: memoryJournal() },
    surroundings: { env: () => undefined, home: undefined, platform: "linux", cwd: "/nowhere" },
  });
  const service = await serveHttp({
    port: 0,
    serve: (caller, transport) => server.connect(transport, caller),
  });
  const results = await Promise.all(Array.from({ length: 50 }, async () => {
    const client = new Client({ name: "test", version: "1.0.0" });
    await client.connect(new StreamableHTTPClientTransport(new URL(service.url)));
    let good = 0;
    for (let call = 0; call < 20; call++) {
      const { isError } = await client.callTool({ name: "list_known_import_jobs", arguments: {} });
      if (isError !== true) good += 1;
    }
    await client.close();
    return good;
  }));
  assert.deepEqual(results, Array.from({ length: 50 }, () => 20));
  await service.close();
  await server.close();
});

async function serveApp(app: Hono): Promise<{ url: URL; close: () => Promise<void> }> {
  // A second mount on a path that nobody asks for: the port is what is wanted.
  const service = await serveHttp({
    app,
    port: 0,
    path: "/unused",
    healthPath: false,
    metricsPath: false,
    serve: () => Promise.reject(new Error("unused")),
  });
  return { url: new URL("/", service.url), close: () => service.close() };
}

test("an issuer's tokens need an audience where any host is taken", () => {
  const options = { oauth: { issuer: "https://auth.example.com" }, allowedHosts: ["*"] };
  assert.throws(() => mountMcp(new Hono(), options), {
    code: "CONFIG_INVALID",
    message: /the option oauth\.audience is missing, and allowedHosts takes any host/,
  });
});
