import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { page } from "../../../mcp/output/page.ts";

const ROWS = Array.from({ length: 7 }, (_, index) => `row ${index}`);

describe("page()", () => {
  test("gives the whole list where it fits", () => {
    assert.deepEqual(page(ROWS, { limit: 7 }), { items: ROWS, total: 7 });
    assert.deepEqual(page([], { limit: 7 }), { items: [], total: 0 });
  });

  test("gives every row once, page after page", () => {
    const seen: string[] = [];
    const sizes: number[] = [];
    for (let cursor: string | undefined, isFirst = true; isFirst || cursor !== undefined;) {
      const part = page(ROWS, { limit: 3, cursor });
      seen.push(...part.items);
      sizes.push(part.items.length);
      assert.equal(part.total, 7);
      cursor = part.next_cursor;
      isFirst = false;
    }
    assert.deepEqual(seen, ROWS);
    assert.deepEqual(sizes, [3, 3, 1]);
  });

  for (const cursor of ["", "3", "garbage!", "Mw", "LTEuNw", "OTk5Ljc", "a".repeat(5_000)]) {
    test(`refuses the cursor ${JSON.stringify(cursor.slice(0, 20))}`, () => {
      assert.throws(() => page(ROWS, { limit: 3, cursor }), {
        name: "OperateError",
        code: "VALIDATION",
        message: "Cannot go on in the list: the cursor is none that was given",
      });
    });
  }

  test("does not go on in a list that has changed: a row could be lost", () => {
    const { next_cursor: cursor } = page(ROWS, { limit: 3 });
    assert.throws(() => page(ROWS.slice(1), { limit: 3, cursor }), {
      code: "VALIDATION",
      message: "Cannot go on in the list: it has 6 rows now, and had 7",
      suggestion: "leave cursor out to begin again",
    });
  });
});
