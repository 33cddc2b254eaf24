import assert from "node:assert/strict";
import { createServer, type Socket } from "node:net";
import { describe, test } from "node:test";
import { startEmulator } from "../../src/emulator/mod.ts";
import { isSilent, silenceError } from "../../src/neo4j/silence.ts";
import { classify } from "../../src/wake/classify.ts";

async function against(
  serve: (socket: Socket) => void,
  use: (port: number, sockets: Set<Socket>) => Promise<void>,
): Promise<void> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket)).on("error", () => {});
    serve(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    await use((server.address() as { port: number }).port, sockets);
  } finally {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  }
}

function ask(uri: string, timeoutMs = 100): Promise<boolean> {
  return isSilent({ uri, timeoutMs, signal: new AbortController().signal });
}

describe("isSilent()", () => {
  for (const scheme of ["bolt", "neo4j", "bolt+s", "neo4j+ssc"]) {
    test(`isSilent() finds a host that says nothing over ${scheme}, and ends its socket`, async () => {
      await against((socket) => socket.resume(), async (port, sockets) => {
        assert.equal(await ask(`${scheme}://127.0.0.1:${port}`), true);
        for (let tries = 0; sockets.size > 0 && tries < 100; tries++) {
          await new Promise((resolve) => setTimeout(resolve, 5));
        }
        assert.equal(sockets.size, 0);
      });
    });
  }

  test("isSilent() finds none where a database answers", async () => {
    const emulator = await startEmulator();
    assert.equal(await ask(String(emulator.env()["NEO4J_URI"]), 2_000), false);
    await emulator.close();
  });

  test("isSilent() leaves it to the driver to tell of refusals, resets and names that are gone", async () => {
    assert.equal(await ask("bolt://127.0.0.1:1"), false);
    assert.equal(await ask("neo4j://gone.invalid", 2_000), false);
    assert.equal(await ask("not an address"), false);
    await against((socket) => socket.resetAndDestroy(), async (port) => {
      assert.equal(await ask(`bolt://127.0.0.1:${port}`), false);
    });
  });

  test("isSilent() asks where the resolver leads", async () => {
    await against((socket) => socket.resume(), async (port) => {
      const silent = await isSilent({
        uri: "neo4j://gone.invalid",
        timeoutMs: 50,
        resolver: (address) => {
          assert.equal(address, "gone.invalid:7687");
          return [`127.0.0.1:${port}`];
        },
        signal: new AbortController().signal,
      });
      assert.equal(silent, true);
    });
  });

  test("isSilent() ends when its caller leaves", async () => {
    await against((socket) => socket.resume(), async (port) => {
      const leaving = new AbortController();
      const question = isSilent({
        uri: `bolt://127.0.0.1:${port}`,
        timeoutMs: 60_000,
        signal: leaving.signal,
      });
      leaving.abort();
      assert.equal(await question, false);
    });
  });
});

describe("silenceError()", () => {
  test("silenceError() reads as a connection that was never made", () => {
    const error = silenceError(5_000);
    assert.equal(
      error.message,
      "Failed to establish connection in 5000ms: the host does not answer the Bolt handshake",
    );
    assert.deepEqual(classify(error), {
      kind: "ambiguous",
      reason: "connect-timeout",
      reached: "no",
    });
  });
});
