import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { startEmulator } from "../../../src/emulator/mod.ts";
import { connectTo } from "../connect.ts";
import { memorySink } from "../tools/graphql/graphql-setup.ts";

test("what a cancelled call has changed all the same is told to the log, since no client hears of it", async () => {
  await using aura = await startEmulator({
    requestsPerMinute: false,
    instances: [{ id: "a1b2c3d4", name: "orders", type: "professional-db" }],
  });
  const lines: string[] = [];
  const { client, close } = await connectTo(aura, {
    mode: "write",
    secrets: memorySink(),
    log: (line) => void lines.push(line),
  });
  const until = async (isSo: () => boolean): Promise<void> => {
    for (let tries = 0; tries < 500 && !isSo(); tries++) await sleep(10);
  };
  /** Cancels it while Aura is at such a request. */
  const cancelled = async (during: string, args: Record<string, unknown>): Promise<void> => {
    const fault = aura.fault(during, { delayMs: 300 }, 1);
    const before = aura.requests(during).length;
    const over = new AbortController();
    const call = { name: "create_instance", arguments: args };
    const ended = assert.rejects(client.callTool(call, undefined, { signal: over.signal }));
    await until(() => aura.requests(during).length > before || fault.remaining === 0);
    over.abort();
    await ended;
  };
  const wanted = { type: "professional-db", memory: "2GB", region: "europe-west1" };

  await cancelled("GET /v1/instances", { ...wanted, name: "one" });
  await cancelled("POST /v1/instances", { ...wanted, name: "two" });
  await until(() => lines.length > 0);
  assert.equal(lines.length, 1, lines.join("\n"));
  assert.match(
    String(lines[0]),
    /^create_instance was cancelled by its client, too late for what it has sent: \{"id":.*"credentials_file":"memory:two-1"/,
  );
  assert.deepEqual(aura.instances().map(({ name }) => name), ["orders", "two"]);
  await close();
});
