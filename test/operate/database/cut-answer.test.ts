import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { cutAnswer } from "../../../src/operate/database/cut-answer.ts";

/** A body in pieces of so many bytes. */
function bodyOf(text: string, size = 7): ReadableStream<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) return controller.close();
      controller.enqueue(bytes.slice(at, at + size));
      at += size;
    },
  });
}

const MANY = { maxRows: 100, maxBytes: 10_000 };

describe("cutAnswer()", () => {
  test("cutAnswer() gives a short answer as it is", async () => {
    const text = '{"data":{"fields":["n"],"values":[[1],["ü"]]},"bookmarks":["FB:x"]}';
    for (const size of [1, 2, 7, 1_000]) {
      assert.deepEqual(await cutAnswer(bodyOf(text, size), MANY), { text, cut: undefined });
    }
  });

  test("cutAnswer() ends behind the last row that is wanted, whatever stands in the rows", async () => {
    const rows = [
      '["]}", "\\"[[", "\\\\"]',
      '[{"$type":"List","_value":[[1],[2]]}, {"data":{"values":[[9]]}}]',
      "[[[]], {}]",
      '["never"]',
    ];
    const text = `{ "data" : {"fields": ["a", "values"], "values" : [${
      rows.join(" , ")
    }]}, "errors": []}`;
    for (const size of [1, 5, 1_000]) {
      const { text: found, cut } = await cutAnswer(bodyOf(text, size), { ...MANY, maxRows: 3 });
      assert.equal(cut, "rows");
      assert.deepEqual(JSON.parse(found), {
        data: { fields: ["a", "values"], values: rows.slice(0, 3).map((row) => JSON.parse(row)) },
      });
    }
  });

  test("cutAnswer() reads no more of an endless answer", async () => {
    let pulls = 0;
    let cancelled = false;
    const head = '{"data":{"fields":["n"],"values":[[0]';
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulls += 1;
        controller.enqueue(new TextEncoder().encode(pulls === 1 ? head : `,[${pulls}]`));
      },
      cancel() {
        cancelled = true;
      },
    });
    const { text } = await cutAnswer(body, { ...MANY, maxRows: 5 });
    assert.equal(JSON.parse(text).data.values.length, 5);
    assert.equal(cancelled, true);
    assert.ok(pulls < 10);
  });

  test("cutAnswer() ends at so many bytes", async () => {
    const row = `["${"x".repeat(100)}"]`;
    const text = `{"data":{"fields":["n"],"values":[${Array(50).fill(row).join(",")}]}}`;
    const { text: found, cut } = await cutAnswer(bodyOf(text), { maxRows: 100, maxBytes: 1_000 });
    assert.equal(cut, "bytes");
    const { length } = JSON.parse(found).data.values;
    assert.ok(length >= 8 && length <= 9, `${length} rows`);
  });

  test("cutAnswer() says so where not even one row fits", async () => {
    const text = `{"data":{"fields":["n"],"values":[["${"x".repeat(5_000)}"]]}}`;
    await assert.rejects(cutAnswer(bodyOf(text), { maxRows: 10, maxBytes: 1_000 }), {
      code: "FAILED",
      message: "Cannot run the query: the first row alone has more than 1000 bytes",
    });
  });

  test("cutAnswer() leaves what is no answer to whoever reads it", async () => {
    for (const text of ["", "error code: 1016", "<html>", "[[[1]]]", '{"errors":[{"code":"x"}]}']) {
      assert.deepEqual(await cutAnswer(bodyOf(text), { ...MANY, maxRows: 1 }), {
        text,
        cut: undefined,
      });
    }
  });
});
