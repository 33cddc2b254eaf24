import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { durationText } from "../../src/operate/text/duration-text.ts";
import { didYouMean, nearest } from "../../src/operate/text/nearest.ts";
import { plainText } from "../../src/operate/text/plain-text.ts";
import { recordText, tableText } from "../../src/cli/output/table.ts";
import { parseDuration } from "../../src/cli/input/parse-duration.ts";

describe("tableText()", () => {
  test("makes columns as wide as what stands in them, wide characters counted as two", () => {
    const items = [{ name: "orders", size: 2 }, { name: "訂單", size: null }, {
      name: "",
      size: 10_000,
    }];
    assert.equal(
      tableText(
        items,
        { NAME: ({ name }) => name, SIZE: ({ size }) => size },
        (text) => `*${text}*`,
      ),
      "*NAME    SIZE*\norders  2\n訂單    -\n-       10000\n",
    );
  });

  test("lets nothing through that a terminal would obey", () => {
    const items = [{ name: "a\u001b[2Jb\nc\u202ed" }];
    assert.equal(
      tableText(items, { NAME: ({ name }) => name }),
      "NAME\na\ufffd[2Jb c\ufffdd\n",
    );
  });
});

describe("recordText()", () => {
  test("leaves out what is undefined, and shows what is null", () => {
    assert.equal(
      recordText({ id: "a1b2c3d4", storage: undefined, url: null, "long title": true }),
      "id          a1b2c3d4\nurl         -\nlong title  true\n",
    );
  });
});

describe("plainText()", () => {
  test("is one line", () => {
    assert.equal(plainText("a\r\n\tb\u0007\u009bc\u2066d"), "a b\ufffd\ufffdc\ufffdd");
  });
});

describe("parseDuration()", () => {
  test("reads units, also put together", () => {
    const read: [string, number][] = [
      ["500ms", 500],
      ["30s", 30_000],
      ["20m", 1_200_000],
      ["1h30m", 5_400_000],
      ["24h", 86_400_000],
      ["1.5d", 129_600_000],
    ];
    for (const [text, ms] of read) assert.equal(parseDuration("--timeout", text), ms, text);
  });

  test("refuses everything else, naming the flag", () => {
    for (const text of ["", "30", "s", "-1s", "0s", "1 h", "1h 30m", "soon", "1e3s", "1hh"]) {
      assert.throws(
        () => parseDuration("--timeout", text),
        {
          code: "USAGE",
          message:
            `Cannot read the arguments: --timeout must be a duration such as 30s, 20m or 24h, got "${text}"`,
        },
        text,
      );
    }
  });
});

describe("durationText()", () => {
  test("says the two largest units", () => {
    const said: [number, string][] = [
      [0, "0 ms"],
      [850, "850 ms"],
      [999.6, "1 s"],
      [12_400, "12 s"],
      [60_000, "1 min"],
      [200_000, "3 min 20 s"],
      [7_500_000, "2 h 5 min"],
      [273_600_000, "3 d 4 h"],
    ];
    for (const [ms, text] of said) assert.equal(durationText(ms), text);
  });
});

describe("nearest()", () => {
  test("finds what is close, the closest first, and nothing that is not", () => {
    const names = ["orders", "order-history", "stock", "Orders"];
    assert.deepEqual(nearest("ordres", names, 3), ["orders", "Orders"]);
    assert.deepEqual(nearest("order-h", names), ["order-history"]);
    assert.deepEqual(nearest("zebra", names), []);
    assert.equal(didYouMean("stokc", names), 'did you mean "stock"?');
    assert.equal(didYouMean("zebra", names), undefined);
  });
});
