import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { ToolCall } from "../../../mcp/call.ts";
import { tellingChanges } from "../../../mcp/tools/telling-changes.ts";

describe("tellingChanges()", () => {
  test("tellingChanges() tells subscribers of each new text, and the client of all as before", () => {
    const heard: string[] = [];
    const shown: string[] = [];
    let ended = 0;
    const call: Partial<ToolCall> = {
      changed: (uri) => void heard.push(uri),
      progress: () => ({
        show: (text) => void shown.push(text),
        end: () => void (ended += 1),
      }),
    };
    const progress = tellingChanges(call as ToolCall, "a1b2c3d4").progress();
    for (const text of ["paused", "paused", "resuming"]) progress.show(text);
    progress.end();
    assert.deepEqual(heard, ["aura://instances/a1b2c3d4", "aura://instances/a1b2c3d4"]);
    assert.deepEqual(shown, ["paused", "paused", "resuming"]);
    assert.equal(ended, 1);
  });
});
