import assert from "node:assert/strict";
import { test } from "node:test";
import { oldNode } from "../../src/cli/old-node.ts";

test("oldNode() says so on a Node that is too old, and on nothing else", () => {
  assert.equal(
    oldNode({ node: "20.20.2" }),
    "Cannot run on Node 20.20.2: aura-wake needs Node 22.13 or later; " +
      "next: bunx --bun aura-wake, or deno run -A npm:aura-wake",
  );
  assert.notEqual(oldNode({ node: "22.12.0" }), undefined);
  assert.equal(oldNode({ node: "22.13.0" }), undefined);
  assert.equal(oldNode({ node: "24.0.0" }), undefined);
  // Bun and Deno say which Node they are like.
  assert.equal(oldNode({ node: "20.0.0", bun: "1.4.5" }), undefined);
  assert.equal(oldNode({ node: "20.0.0", deno: "2.9.6" }), undefined);
});
