import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { spellings } from "../../src/aura/spellings.ts";

describe("spellings()", () => {
  test("spellings() gives a plain secret once", () => {
    assert.deepEqual(spellings("plain-secret"), ["plain-secret"]);
  });

  test("spellings() gives what JSON of several makes has", () => {
    const all = spellings('pä/"\\');
    for (
      const spelling of [
        'pä/"\\',
        'pä/\\"\\\\',
        'p\\u00e4/\\"\\\\',
        'p\\u00E4/\\"\\\\',
        'pä\\/\\"\\\\',
        'p\\u00e4/\\\\\\"\\\\\\\\',
      ]
    ) assert.ok(all.includes(spelling), spelling);
    assert.equal(all.at(-1), 'pä/"\\', "the shortest last, so that no longer one is torn");
  });
});
