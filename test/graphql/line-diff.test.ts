import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { lineDiff } from "../../src/graphql/line-diff.ts";

const BEFORE = "type A {\n  a: ID\n  b: ID\n}\ntype B {\n  b: ID\n}\n";

describe("lineDiff()", () => {
  test("gives the lines that differ, in their order", () => {
    const after = "type A {\n  a: ID!\n  b: ID\n  c: ID\n}\ntype B {\n  b: ID\n}\n";
    assert.deepEqual(lineDiff(BEFORE, after), {
      added: 2,
      removed: 1,
      lines: ["-  a: ID", "+  a: ID!", "+  c: ID"],
    });
  });

  test("takes the ends of lines, and of the text, for no difference", () => {
    const nothing = { added: 0, removed: 0, lines: [] };
    assert.deepEqual(lineDiff(BEFORE, BEFORE), nothing);
    assert.deepEqual(lineDiff(BEFORE, `${BEFORE.replaceAll("\n", "\r\n")}\n\n`), nothing);
    assert.deepEqual(lineDiff("", " \n"), nothing);
  });

  test("takes an empty text for no lines", () => {
    assert.deepEqual(lineDiff("", "a\nb"), { added: 2, removed: 0, lines: ["+a", "+b"] });
    assert.deepEqual(lineDiff("a\nb", ""), { added: 0, removed: 2, lines: ["-a", "-b"] });
  });

  test("counts what is too much to compare as replaced", () => {
    const many = (word: string): string =>
      Array.from({ length: 1_500 }, (_, index) => `${word}${index}`).join("\n");
    const { added, removed } = lineDiff(`x\n${many("a")}\ny`, `x\n${many("b")}\ny`);
    assert.deepEqual([added, removed], [1_500, 1_500]);
  });

  test("finds a moved line as one that went and one that came", () => {
    assert.deepEqual(lineDiff("a\nb\nc", "b\nc\na"), {
      added: 1,
      removed: 1,
      lines: ["-a", "+a"],
    });
  });
});
