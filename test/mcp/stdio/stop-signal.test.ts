import assert from "node:assert/strict";
import { test } from "node:test";
import { stopSignal } from "../../../mcp/stdio/run-stdio.ts";

test("stopSignal() aborts at the first signal, and ends the process at the second, whichever it is", () => {
  for (const [first, second] of [["SIGINT", "SIGTERM"], ["SIGTERM", "SIGTERM"]] as const) {
    const listeners = new Map<string, () => void>();
    const exits: number[] = [];
    const signal = stopSignal({
      on: (name, listener) => listeners.set(name, listener),
      exit: (code) => void exits.push(code),
    });
    assert.equal(signal.aborted, false);
    listeners.get(first)?.();
    assert.equal((signal.reason as Error).message, `Stopped by ${first}`);
    assert.deepEqual(exits, []);
    listeners.get(second)?.();
    assert.deepEqual(exits, [130]);
  }
});
