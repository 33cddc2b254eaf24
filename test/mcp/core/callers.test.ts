// @ts-types="@modelcontextprotocol/sdk/inMemory"
import { InMemoryTransport } from "@modelcontextprotocol/sdk/inMemory.js";
import { Client } from "@modelcontextprotocol/sdk/client";
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { Accounts } from "../../../mcp/core/accounts.ts";
import { readConfig } from "../../../mcp/core/config.ts";
import { type Caller, createAuraMcpServer, type Narrowing } from "../../../mcp/mod.ts";
import { type Emulator, startEmulator } from "../../../src/emulator/mod.ts";
import { memoryJournal } from "../../../src/store/memory-journal.ts";
import { memoryStore } from "../../../src/store/memory.ts";
import { manualClock } from "../../helpers/manual-clock.ts";
import { connectTo } from "../connect.ts";

const HERE = "11111111-1111-4111-8111-111111111111";
const THERE = "22222222-2222-4222-8222-222222222222";

describe("callers of one server", () => {
  let aura: Emulator;
  before(async () => {
    aura = await startEmulator({
      requestsPerMinute: false,
      tenants: [{ id: HERE, name: "here" }, { id: THERE, name: "there" }],
      instances: [
        { id: "a1b2c3d4", name: "orders", type: "professional-db", tenantId: HERE },
        { id: "b2c3d4e5", name: "stock", type: "professional-db", tenantId: THERE },
      ],
    });
  });
  after(() => aura.close());

  async function toolsOf(narrowing: Narrowing): Promise<string[]> {
    const { client, close } = await connectTo(aura, {
      mode: "wake",
      toolsets: ["core", "instances"],
      excludeTools: ["diagnose"],
      caller: { id: "somebody", narrowing },
    });
    const { tools } = await client.listTools();
    await close();
    return tools.map(({ name }) => name);
  }

  test("have less where they want less, and never more", async () => {
    const all = [
      "list_projects",
      "list_instances",
      "get_instance",
      "wait_for_instance",
      "resume_instance",
    ];
    assert.deepEqual(await toolsOf({}), all);
    assert.deepEqual(await toolsOf({ mode: "destructive" }), all);
    assert.deepEqual(await toolsOf({ mode: "read" }), all.slice(0, -1));
    assert.deepEqual(await toolsOf({ toolsets: ["instances", "database", "graphql"] }), [
      "resume_instance",
    ]);
    assert.deepEqual(await toolsOf({ tools: ["diagnose", "get_instance"] }), ["get_instance"]);
  });

  test("cannot leave the scope of the operator, nor reach by an id what is out of it", async () => {
    const { failure, close } = await connectTo(aura, {
      project: HERE,
      caller: { id: "somebody", narrowing: { project: THERE } },
    });
    assert.match(
      await failure("get_instance", { instance: "b2c3d4e5" }),
      new RegExp(`it is not in project "${HERE}"`),
    );
    await close();
  });

  test("each have the schemas of their own scope", async () => {
    const server = createAuraMcpServer({ credentials: { token: "a-ready-token" } });
    const wide = await projectArgument({ id: "wide" });
    const narrow = await projectArgument({ id: "narrow", narrowing: { project: HERE } });
    assert.deepEqual([wide, narrow], [true, false]);

    async function projectArgument(caller: Caller): Promise<boolean> {
      const [near, far] = InMemoryTransport.createLinkedPair();
      await server.connect(far, caller);
      const client = new Client({ name: "test", version: "1.0.0" });
      await client.connect(near);
      const { tools } = await client.listTools();
      await client.close();
      const list = tools.find(({ name }) => name === "list_instances");
      return "project" in (list?.inputSchema.properties ?? {});
    }
  });

  test("with one server's key and another mode are told the hints of their own mode", async () => {
    const server = createAuraMcpServer({
      credentials: { token: "a-ready-token" },
      mode: "wake",
      toolsets: ["database"],
    });
    const hints: unknown[] = [];
    for (const mode of ["wake", "read"] as const) {
      const [near, far] = InMemoryTransport.createLinkedPair();
      await server.connect(far, { id: mode, narrowing: { mode } });
      const client = new Client({ name: "test", version: "1.0.0" });
      await client.connect(near);
      const { tools } = await client.listTools();
      hints.push(tools.map(({ name, annotations }) => [name, annotations?.readOnlyHint]));
      await client.close();
    }
    assert.deepEqual(hints, [
      [["read_cypher", false], ["get_graph_schema", false]],
      [["read_cypher", true], ["get_graph_schema", true]],
    ]);
  });

  test("who ask for a tool that there is not are told that it is theirs to narrow", async () => {
    await assert.rejects(toolsOf({ tools: ["resume_instanse"] }), {
      code: "CONFIG_INVALID",
      message:
        /^Cannot narrow this server: there is no tool "resume_instanse"; did you mean "resume_instance"/,
    });
  });

  test("with a key of their own have no setting of the server's", async () => {
    const { AURA_CLIENT_ID: clientId = "", AURA_CLIENT_SECRET: clientSecret = "" } = aura.env();
    const resume = async (caller?: Caller): Promise<unknown> => {
      const { result, close } = await connectTo(aura, {
        mode: "wake",
        ...(caller && { caller }),
      });
      const { answered_by } = await result("resume_instance", { instance: "a1b2c3d4" });
      await close();
      return answered_by;
    };
    assert.equal(await resume(), "query");
    assert.equal(await resume({ id: "guest", aura: { clientId, clientSecret } }), "status");
  });
});

describe("Accounts", () => {
  function accounts(): { readonly all: Accounts; readonly clock: ReturnType<typeof manualClock> } {
    const clock = manualClock();
    const state = { store: memoryStore(), journal: memoryJournal() };
    const config = readConfig({});
    return {
      clock,
      all: new Accounts({ options: {}, config, clock, state: () => Promise.resolve(state) }),
    };
  }
  const guest = (number: number): Caller => ({
    id: `guest ${number}`,
    aura: { clientId: `id ${number}`, clientSecret: `secret ${number}` },
  });

  test("of() keeps the server's own, and each guest's by its key", async () => {
    const { all } = accounts();
    assert.equal(await all.of({ id: "one" }), await all.of({ id: "two" }));
    const first = await all.of(guest(1));
    assert.equal(await all.of(guest(1)), first);
    assert.notEqual(await all.of(guest(2)), first);
    assert.notEqual(await all.of({ id: "one" }), first);
  });

  test("of() forgets who was not here for half an hour", async () => {
    const { all, clock } = accounts();
    const first = await all.of(guest(1));
    await clock.advance(1_799_999);
    assert.equal(await all.of(guest(1)), first);
    await clock.advance(1_800_000);
    await all.of(guest(2));
    assert.notEqual(await all.of(guest(1)), first);
  });

  test("of() forgets whoever was here longest ago beyond a thousand", async () => {
    const { all } = accounts();
    const [first, second] = [await all.of(guest(1)), await all.of(guest(2))];
    for (let number = 3; number <= 1_000; number++) await all.of(guest(number));
    assert.equal(await all.of(guest(1)), first);
    await all.of(guest(1_001));
    assert.equal(await all.of(guest(1)), first);
    assert.notEqual(await all.of(guest(2)), second);
  });
});
