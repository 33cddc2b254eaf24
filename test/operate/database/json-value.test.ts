import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { jsonRows } from "../../../src/operate/database/json-value.ts";

describe("jsonRows()", () => {
  test("jsonRows() makes text of what JSON cannot hold", () => {
    const { values, shortened } = jsonRows([
      [2n ** 60n, 5n, NaN, -Infinity, new Uint8Array([255]), undefined, null, true, { a: [1n] }],
    ]);
    assert.deepEqual(values, [
      ["1152921504606846976", 5, "NaN", "-Infinity", "/w==", null, null, true, { a: [1] }],
    ]);
    assert.equal(shortened, false);
  });

  test("jsonRows() shortens long lists of numbers alone", () => {
    const numbers = Array.from({ length: 300 }, (_item, index) => index);
    const texts = numbers.map(String);
    const { values, shortened } = jsonRows([[numbers.slice(0, 250), texts, { v: numbers }]]);
    assert.deepEqual(values[0], [
      numbers.slice(0, 250),
      texts,
      { v: [0, 1, 2, "… 297 more numbers"] },
    ]);
    assert.equal(shortened, true);
  });

  test("jsonRows() ends in what is nested too deeply", () => {
    let deep: unknown = 1;
    for (let depth = 0; depth < 5_000; depth++) deep = [deep];
    assert.match(JSON.stringify(jsonRows([[deep]]).values), /\[nested too deeply\]/);
  });
});
