import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { createAuraMcpServer } from "../../../mcp/mod.ts";
import { type Emulator, startEmulator } from "../../../src/emulator/mod.ts";
import { connectTo } from "../connect.ts";

describe("what a host is told", () => {
  let aura: Emulator;
  before(async () => {
    aura = await startEmulator({
      requestsPerMinute: false,
      instances: [{ id: "a1b2c3d4", name: "orders", type: "professional-db" }],
    });
  });
  after(() => aura.close());

  test("onToolCall() hears of each call, how it ended and how long it took", async () => {
    const heard: unknown[] = [];
    const { result, failure, close } = await connectTo(aura, {
      mode: "destructive",
      prefix: "prod",
      answer: () => ({ action: "decline" }),
      onToolCall: (tool, outcome, durationMs) => {
        heard.push([tool, outcome]);
        assert.ok(durationMs >= 0 && durationMs < 60_000, String(durationMs));
      },
    });
    await result("prod_get_instance", { instance: "orders" });
    await failure("prod_get_instance", { instance: "nobody" });
    await result("prod_delete_instance", { instance: "orders" });
    assert.deepEqual(heard, [
      ["get_instance", "ok"],
      ["get_instance", "error"],
      ["delete_instance", "declined"],
    ]);
    await close();
  });

  test("one that throws, or rejects, costs no call its result", async () => {
    const bad = new Error("a bug of the host");
    const hosts = [
      () => {
        throw bad;
      },
      () => Promise.reject(bad) as never,
    ];
    for (const onToolCall of hosts) {
      const { result, close } = await connectTo(aura, {
        mode: "read",
        tools: ["get_instance", "delete_instance"],
        onToolCall,
        log: onToolCall,
      });
      assert.equal((await result("get_instance", { instance: "orders" }))["id"], "a1b2c3d4");
      await close();
    }
  });

  test("log() hears which of the named tools the mode leaves out", () => {
    const lines: string[] = [];
    const log = (line: string): void => void lines.push(line);
    createAuraMcpServer({ tools: ["delete_instance", "get_instance"], log });
    createAuraMcpServer({ tools: ["delete_instance"], mode: "destructive", log });
    assert.deepEqual(lines, [
      "warning: read-only: this mode leaves out delete_instance",
    ]);
  });

  test("a sink that is none is refused before anything is made", () => {
    for (const secrets of [() => {}, {}, "folder"]) {
      assert.throws(
        () => createAuraMcpServer({ secrets: secrets as never }),
        { code: "CONFIG_INVALID", message: /secrets is no object with a function open/ },
      );
    }
  });
});
