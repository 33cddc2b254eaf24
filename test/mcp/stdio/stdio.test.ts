import assert from "node:assert/strict";
import process from "node:process";
import { after, before, describe, test } from "node:test";
import { type Emulator, startEmulator } from "../../../src/emulator/mod.ts";
import { type Message, startServer } from "./process.ts";

describe("the server on standard input and output", () => {
  let emulator: Emulator;
  before(async () => {
    emulator = await startEmulator({
      instances: [{ id: "aaaa1111", name: "orders", status: "paused" }],
      resumeMs: 60_000,
    });
  });
  after(() => emulator.close());

  test("answers a client, and writes nothing but the protocol on standard output", async () => {
    await using server = startServer([], emulator.env());
    await server.initialize();
    const { result } = await server.request("tools/list");
    const names = (Object(result).tools as readonly { readonly name: string }[]).map(({ name }) =>
      name
    );
    assert.ok(names.includes("list_instances"), names.join());
    const called = await server.request("tools/call", {
      name: "get_instance",
      arguments: { instance: "orders" },
    });
    assert.match(JSON.stringify(called.result), /"id\\?":\\?"aaaa1111/);
    server.child.stdin.end();
    assert.equal(await server.ended, 0);
    for (const line of server.lines) {
      assert.equal((JSON.parse(line) as { jsonrpc: string }).jsonrpc, "2.0");
    }
    assert.equal(server.stderr(), "");
  });

  test("answers what is in flight when the input ends, as a pipe does it", async () => {
    await using server = startServer([], emulator.env());
    server.send({
      jsonrpc: "2.0",
      id: 1,
      method: "initialize",
      params: {
        protocolVersion: "2025-11-25",
        capabilities: {},
        clientInfo: { name: "t", version: "1" },
      },
    });
    server.send({ jsonrpc: "2.0", method: "notifications/initialized" });
    server.send({
      jsonrpc: "2.0",
      id: 2,
      method: "tools/call",
      params: { name: "list_instances", arguments: {} },
    });
    server.child.stdin.end();
    assert.equal(await server.ended, 0);
    assert.match(server.lines.at(-1) ?? "", /aaaa1111/);
  });

  test("ends a call that takes too long after the end of the input, and tells Aura nothing more", async () => {
    await using server = startServer(["--allow-wake"], emulator.env());
    await server.initialize();
    server.send({
      jsonrpc: "2.0",
      id: 9,
      method: "tools/call",
      params: {
        name: "wait_for_instance",
        arguments: { instance: "orders", timeout_seconds: 120 },
      },
    });
    const startedAt = Date.now();
    server.child.stdin.end();
    assert.equal(await server.ended, 0);
    const tookMs = Date.now() - startedAt;
    assert.ok(tookMs > 4_000 && tookMs < 9_000, `${tookMs} ms`);
  });

  test("goes on after what is no JSON, and after what is no request", async () => {
    await using server = startServer([], emulator.env());
    await server.initialize();
    server.send("{ this is not JSON");
    server.send("[]");
    server.send({ jsonrpc: "2.0", id: 7 });
    server.send({ jsonrpc: "1.0", id: 8, method: "tools/list" });
    const { result } = await server.request("ping");
    assert.deepEqual(result, {});
    assert.doesNotMatch(server.stderr(), /\n\s+at /);
  });

  test("answers what is no message, by its id where it has one", async () => {
    await using server = startServer([], emulator.env());
    await server.initialize();
    const lines: [line: string, id: unknown, code: number][] = [
      ["{ this is not JSON", null, -32700],
      ['[{"jsonrpc":"2.0","id":"in","method":"ping"}]', null, -32600],
      ['{"jsonrpc":"1.0","id":"one","method":"ping"}', "one", -32600],
      ['{"jsonrpc":"2.0","id":"two","method":"ping","params":1}', "two", -32600],
      ['{"jsonrpc":"2.0","id":1.5,"method":"ping"}', null, -32600],
    ];
    for (const [line] of lines) server.send(line);
    // Neither an empty line nor a mark of the byte order is anything to speak of.
    server.send("");
    server.send('\uFEFF{"jsonrpc":"2.0","id":"mark","method":"ping"}');
    await server.message(({ id }) => (id as unknown) === "mark");
    const errors = server.lines.map((line) => JSON.parse(line) as Message)
      .filter(({ error }) => error !== undefined);
    assert.deepEqual(
      errors.map(({ id, error }) => [id, error?.code]),
      lines.map(([, id, code]) => [id, code]),
    );
  });

  test("goes on after a line that is too long, and ends with its input", async () => {
    await using server = startServer([], emulator.env());
    await server.initialize();
    const call = { jsonrpc: "2.0", id: 5, method: "ping", params: { x: "x".repeat(11_000_000) } };
    server.send(call);
    const { error } = await server.message(({ error }) => error !== undefined);
    assert.match(error?.message ?? "", /larger than 10485760 bytes/);
    const longest = { ...call, id: 6, params: { x: "x".repeat(10_000_000) } };
    server.send(longest);
    assert.deepEqual((await server.message(({ id }) => id === 6)).result, {});
    assert.deepEqual((await server.request("ping")).result, {});
    server.child.stdin.end();
    assert.equal(await server.ended, 0);
  });

  test("an unknown method and an unknown tool are errors of the protocol", async () => {
    await using server = startServer([], emulator.env());
    await server.initialize();
    assert.equal((await server.request("no/such")).error?.code, -32601);
    const unknown = await server.request("tools/call", { name: "drop_everything", arguments: {} });
    assert.equal(unknown.error?.code, -32602);
    assert.match(unknown.error?.message ?? "", /Unknown tool: drop_everything/);
  });

  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    test(`${signal} ends it at once, with a call in flight`, async () => {
      await using server = startServer([], emulator.env());
      await server.initialize();
      server.send({
        jsonrpc: "2.0",
        id: 9,
        method: "tools/call",
        params: {
          name: "wait_for_instance",
          arguments: { instance: "orders", timeout_seconds: 120 },
        },
      });
      await server.request("ping");
      const startedAt = Date.now();
      // Deno's own kill() of a child says that the signal ended it, whatever it did.
      process.kill(server.child.pid ?? 0, signal);
      assert.equal(await server.ended, 0);
      assert.ok(Date.now() - startedAt < 2_000);
    });
  }

  test("ends when nobody reads any more", async () => {
    await using server = startServer([], emulator.env());
    await server.initialize();
    server.child.stdout.destroy();
    for (let id = 100; id < 110; id++) {
      server.send({ jsonrpc: "2.0", id, method: "tools/list", params: {} });
    }
    assert.equal(await server.ended, 0);
    assert.doesNotMatch(server.stderr(), /\n\s+at /);
  });
});

describe("the flags of the server", () => {
  async function refusal(
    flags: readonly string[],
    env: Record<string, string> = {},
  ): Promise<string> {
    await using server = startServer(flags, env);
    server.child.stdin.end();
    assert.equal(await server.ended, 2);
    assert.deepEqual(server.lines, []);
    return server.stderr();
  }

  test("one that is misspelt stops the start, with what it may mean", async () => {
    assert.equal(
      await refusal(["--alow-write"]),
      'Cannot start the MCP server: there is no flag --alow-write; did you mean "--allow-write"?\n',
    );
  });

  test("so does a toolset, a tool, a value, a variable", async () => {
    const cases: [string[], Record<string, string>, RegExp][] = [
      [
        ["--toolsets", "core,snapshot"],
        {},
        /there is no toolset "snapshot"; did you mean "snapshots"\?/,
      ],
      [
        ["--exclude-tools", "list_instance"],
        {},
        /there is no tool "list_instance"; did you mean "list_instances"/,
      ],
      [["--no-confirm", "list_instances"], {}, /list_instances never asks anybody/],
      [["--confirm", "maybe"], {}, /--confirm must be ask or token, got "maybe"/],
      [["--prefix", "1 2"], {}, /the prefix "1 2" is not/],
      [["--allow-wake=yes"], {}, /--allow-wake takes no value/],
      [["--toolsets"], {}, /--toolsets needs a value/],
      [["now"], {}, /"now" is no flag/],
      [["--project", " "], {}, /--project needs a value/],
      [["--exclude-tools", ","], {}, /--exclude-tools needs a value/],
      [
        [],
        { AURA_WAKE_MCP_MODE: "all" },
        /AURA_WAKE_MCP_MODE must be read, wake, write or destructive, got "all"/,
      ],
      [
        [],
        { AURA_WAKE_MCP_MOD: "read" },
        /there is no variable AURA_WAKE_MCP_MOD; did you mean "AURA_WAKE_MCP_MODE"\?/,
      ],
    ];
    for (const [flags, env, text] of cases) assert.match(await refusal(flags, env), text);
  });

  test("without credentials it starts, and a call says what is missing", async () => {
    await using server = startServer([]);
    await server.initialize();
    const { result } = await server.request("tools/call", {
      name: "list_instances",
      arguments: {},
    });
    assert.equal(result?.["isError"], true);
    assert.match(JSON.stringify(result), /AURA_CLIENT_ID and AURA_CLIENT_SECRET/);
  });
});
