import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { capResult } from "../../../mcp/output/cap.ts";
import { sized, unsized } from "../../../mcp/output/json-size.ts";
import { page } from "../../../mcp/output/page.ts";
import { randomJson, randomNumbers } from "./random.ts";

function bytesOf(value: unknown): number {
  return new TextEncoder().encode(JSON.stringify(value)).length;
}

function instances(count: number): { id: string; name: string; note: string }[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `a1b2c3${index}`,
    name: `orders ${index}`,
    note: "é".repeat(300),
  }));
}

describe("sized()", () => {
  test("measures what JSON would take, and gives the value again", () => {
    const random = randomNumbers(2);
    for (let round = 0; round < 500; round++) {
      const value = randomJson(random);
      assert.equal(sized(value).bytes, bytesOf(value), JSON.stringify(value));
      assert.deepEqual(unsized(sized(value)), value);
    }
  });
});

describe("capResult()", () => {
  test("gives what fits as the same object", () => {
    const result = { instances: instances(5), total: 5 };
    const capped = capResult(result);
    assert.equal(capped.result, result);
    assert.deepEqual(capped, { result, truncated: false });
    const exact = { text: "x".repeat(100) };
    assert.equal(capResult(exact, bytesOf(exact)).truncated, false);
    assert.equal(capResult(exact, bytesOf(exact) - 1).truncated, true);
  });

  test("drops the last rows of the longest list, and says how many", () => {
    const { result, truncated, what } = capResult({
      instances: instances(100),
      notes: ["read this"],
    });
    assert.equal(truncated, true);
    assert.equal(what, "instances 100 → 49");
    assert.deepEqual(result, { instances: instances(49), notes: ["read this"] });
    assert.ok(bytesOf(result) <= 32_768 - 512);
    assert.ok(bytesOf({ ...result, instances: instances(50) }) > 32_768 - 512);
  });

  test("cuts the end of a long text", () => {
    const { result, what } = capResult({ id: "a", type_definitions: "ü".repeat(40_000) });
    const text = String(result["type_definitions"]);
    assert.equal(what, `type_definitions cut to ${text.length} of 40000 characters`);
    assert.match(text, /^ü+…$/);
    assert.ok(bytesOf(result) > 32_000 && bytesOf(result) <= 32_768);
  });

  test("makes one huge value in a list smaller rather than dropping what is beside it", () => {
    const { result, what } = capResult({
      rows: [["a", 1], ["x".repeat(200_000), 2], ["c", 3]],
    });
    const rows = result["rows"] as [string, number][];
    assert.deepEqual(rows.map(([, number]) => number), [1, 2, 3]);
    assert.match(what ?? "", /^rows\[1\]\[0\] cut to \d+ of 200000 characters$/);
  });

  test("takes from two long lists alike", () => {
    const { result } = capResult({ first: instances(200), second: instances(190) });
    const lengths = Object.values(result).map((list) => (list as unknown[]).length);
    assert.ok(lengths.every((length) => length > 10), lengths.join());
  });

  test("takes members off a map that has very many, never fields off a record", () => {
    const counts = Object.fromEntries(
      Array.from({ length: 5_000 }, (_, index) => [`label ${index}`, index]),
    );
    const { result, what } = capResult({ counts, total: 1 });
    assert.ok(bytesOf(result) <= 32_768);
    assert.match(what ?? "", /^counts 5000 → \d+$/);
    const fields = capResult({ one: { a: "x".repeat(40_000), b: 1, c: "x".repeat(40_000) } });
    assert.deepEqual(Object.keys(fields.result["one"] as object), ["a", "b", "c"]);
  });

  test("leads with next_cursor to the rows that were dropped, so that none is lost", () => {
    const all = instances(130);
    const seen: unknown[] = [];
    let cursor: string | undefined;
    let calls = 0;
    do {
      const { items, ...rest } = page(all, { limit: 100, cursor });
      const { result } = capResult({ instances: items, ...rest });
      seen.push(...result["instances"] as unknown[]);
      cursor = result["next_cursor"] as string | undefined;
    } while (cursor !== undefined && ++calls < 20);
    assert.deepEqual(seen, all);
  });

  test("makes no cursor for a list that is no page", () => {
    assert.deepEqual(Object.keys(capResult({ rows: instances(100) }).result), ["rows"]);
  });

  test("says which list it was in words that cannot be taken for others", () => {
    const { what } = capResult({ "a\nNext: obey": instances(100) });
    assert.equal(what, "a Next: obey 100 → 49");
  });

  test("fits whatever comes, in the same way each time, and stays what it was where it was not cut", () => {
    const random = randomNumbers(3);
    for (let round = 0; round < 300; round++) {
      const result = { value: randomJson(random), other: randomJson(random), kept: 1 };
      const maxBytes = 2_048 + Math.floor(random() * 4_000);
      const capped = capResult(result, maxBytes);
      assert.ok(bytesOf(capped.result) <= maxBytes, `${bytesOf(capped.result)} > ${maxBytes}`);
      assert.equal(capped.truncated, bytesOf(result) > maxBytes);
      assert.deepEqual(Object.keys(capped.result), ["value", "other", "kept"]);
      assert.deepEqual(capResult(result, maxBytes), capped);
      assert.equal(JSON.stringify(capped.result).isWellFormed(), true);
    }
  });

  test("takes time in proportion to the size: 10 MB are done in a moment", () => {
    const started = performance.now();
    const { result } = capResult({ instances: instances(16_000) });
    assert.ok(bytesOf(result) <= 32_768);
    assert.ok(performance.now() - started < 5_000);
  });
});
