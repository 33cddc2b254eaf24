import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { dayOf, daysUntil } from "../../src/operate/text/days.ts";
import { checkInstanceName } from "../../src/operate/instances/instance-name.ts";
import { parseSize } from "../../src/cli/input/size-text.ts";
import { wordList } from "../../src/operate/text/word-list.ts";
import { parseDay } from "../../src/cli/input/parse-day.ts";

describe("parseSize()", () => {
  test("reads what people write", () => {
    for (const text of ["4GB", "4gb", "4G", "4", " 4 GB"]) {
      assert.equal(parseSize("--memory", text), "4GB");
    }
    assert.equal(parseSize("--memory", undefined), undefined);
    for (const text of ["", "GB", "0GB", "-4GB", "4MB", "4.5GB", "4 GBs"]) {
      assert.throws(() => parseSize("--memory", text), { code: "USAGE" }, text);
    }
  });
});

describe("days", () => {
  test("daysUntil() counts back over months and leap days", () => {
    assert.deepEqual(daysUntil("2028-03-01", 3), ["2028-03-01", "2028-02-29", "2028-02-28"]);
    assert.equal(dayOf(Date.parse("2026-02-04T23:59:59.999Z")), "2026-02-04");
  });

  test("parseDay() wants a day that there is", () => {
    assert.equal(parseDay("--date", "2028-02-29"), "2028-02-29");
    for (const text of ["2026-02-29", "2026-13-01", "2026-2-4", "yesterday", ""]) {
      assert.throws(() => parseDay("--date", text), { code: "USAGE" }, text);
    }
  });
});

describe("checkInstanceName()", () => {
  test("counts characters as people do", () => {
    assert.equal(checkInstanceName("ö".repeat(30)), "ö".repeat(30));
    assert.throws(() => checkInstanceName("x".repeat(31)), { code: "VALIDATION" });
    assert.throws(() => checkInstanceName("x "), { code: "VALIDATION" });
  });
});

describe("wordList()", () => {
  test("puts words in a sentence", () => {
    assert.equal(wordList([]), "");
    assert.equal(wordList(["a"]), "a");
    assert.equal(wordList(["a", "b", "c"]), "a, b or c");
    assert.equal(wordList(["a", "b"], "and"), "a and b");
  });
});
