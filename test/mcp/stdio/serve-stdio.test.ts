import assert from "node:assert/strict";
import process from "node:process";
import { PassThrough, Writable } from "node:stream";
import { describe, test } from "node:test";
import { serveStdio } from "../../../mcp/stdio/serve-stdio.ts";
import { createAuraMcpServer } from "../../../mcp/mod.ts";
import { manualClock } from "../../helpers/manual-clock.ts";

/** A client that has stopped reading: what is written to it never arrives. */
function deaf(): Writable {
  return new Writable({ highWaterMark: 1, write() {} });
}

describe("serveStdio()", () => {
  for (const how of ["the end of its input", "a signal"] as const) {
    test(`ends after ${how}, also when the client does not read`, async () => {
      const clock = manualClock();
      const stdin = new PassThrough();
      const stdout = deaf();
      const stop = new AbortController();
      const warnings: Error[] = [];
      const warned = (warning: Error): void => void warnings.push(warning);
      process.on("warning", warned);
      const serving = serveStdio({
        server: createAuraMcpServer({ state: Object.create(null) }),
        stdin,
        stdout,
        signal: stop.signal,
        clock,
        log: () => {},
      });
      for (let id = 0; id < 30; id++) {
        stdin.write(`${JSON.stringify({ jsonrpc: "2.0", id, method: "ping" })}\n`);
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
      if (how === "a signal") stop.abort();
      else stdin.end();
      const before = clock.now();
      await clock.until(serving, { stepMs: 500 });
      const tookMs = clock.now() - before;
      assert.ok(tookMs <= (how === "a signal" ? 1_000 : 11_000), `${tookMs} ms`);
      assert.equal(clock.pending, 0);
      // One listener for each answer that waits would be told to the user as a leak.
      assert.ok(stdout.listenerCount("drain") <= 1, `${stdout.listenerCount("drain")} listeners`);
      process.off("warning", warned);
      assert.deepEqual(warnings, []);
    });
  }
});
