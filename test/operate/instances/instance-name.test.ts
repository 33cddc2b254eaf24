import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { checkInstanceName } from "../../../src/operate/instances/instance-name.ts";

describe("checkInstanceName()", () => {
  test("gives back what people call things", () => {
    for (const name of ["orders", "Ürün 1", "注文", "👩‍🔬 lab", "❤️", "a".repeat(30)]) {
      assert.equal(checkInstanceName(name), name);
    }
  });

  test("refuses what nobody sees, or what would be another line", () => {
    for (const hidden of ["\u200B", "\n", "\u0007", "\u202E", "\u2028", "\u{E0041}", "\uD800"]) {
      assert.throws(() => checkInstanceName(`or${hidden}ders`), {
        code: "VALIDATION",
        message:
          'Cannot call an instance "or\uFFFDders": it has a character that nobody sees, and nothing was sent',
      });
    }
    assert.throws(() => checkInstanceName(" orders"), /begins or ends with white space/);
    assert.throws(() => checkInstanceName("a".repeat(31)), /longer than 30/);
  });
});
