import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Mask } from "../../../mcp/output/mask.ts";

const PASSWORD = 'pass"word/ö\\1';

describe("Mask", () => {
  test("takes out what was learned, in every spelling", () => {
    const mask = new Mask();
    assert.equal(mask.text(PASSWORD), PASSWORD);
    mask.learnLogin("neo4j", PASSWORD);
    const basic = btoa(String.fromCharCode(...new TextEncoder().encode(`neo4j:${PASSWORD}`)));
    for (
      const told of [
        PASSWORD,
        encodeURIComponent(PASSWORD),
        basic,
        JSON.stringify(PASSWORD).slice(1, -1),
        JSON.stringify(JSON.stringify(PASSWORD)).slice(3, -3),
      ]
    ) {
      assert.equal(mask.text(`it is ${told}, or`), "it is ***, or");
    }
    assert.deepEqual(mask.deep({ [PASSWORD]: [{ a: PASSWORD, b: 1, c: null }] }), {
      "***": [{ a: "***", b: 1, c: null }],
    });
  });

  test("lets a short one stand, and leaves nothing of one that holds another", () => {
    const mask = new Mask();
    mask.learn("short", undefined, "long-secret", "very-long-secret-of-mine");
    assert.equal(mask.text("short very-long-secret-of-mine"), "short ***");
  });
});
