import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { parseVariables } from "../../src/config/parse-variables.ts";

function valuesOf(text: string): Record<string, string> {
  return Object.fromEntries([...parseVariables(text)].map(([name, { value }]) => [name, value]));
}

describe("parseVariables()", () => {
  const cases: readonly (readonly [string, string, Record<string, string>])[] = [
    ["a plain value", "A=b", { A: "b" }],
    ["white space round it", "  A =  b c  ", { A: "b c" }],
    ["export", "export A=b", { A: "b" }],
    ["no value", "A=\nB=c", { A: "", B: "c" }],
    ["a comment, and one behind a value", "# A=x\nB=c # d\nD=#e", { B: "c", D: "" }],
    ["a # inside a word", "A=b#c", { A: "b#c" }],
    ["an = in the value", "A=b=c==", { A: "b=c==" }],
    ["quotes", `A="b # c"\nB='d "e" \\n $F'`, { A: "b # c", B: `d "e" \\n $F` }],
    ["a comment behind quotes", `A="b" # c\nB='d'  `, { A: "b", B: "d" }],
    ["escapes in double quotes", String.raw`A="b\"c\\d\ne\$f\x"`, { A: 'b"c\\d\ne$f\\x' }],
    ["several lines in quotes", `A="b\nC=d"\nE=f`, { A: "b\nC=d", E: "f" }],
    ["a \\ at the end of a line in quotes", `A="b\\\nC=d"\nE=f`, { A: "b\\\nC=d", E: "f" }],
    ["a comment with an odd line end", "A=b # c\u2028d", { A: "b" }],
    ["a quote that never ends", `A="b\nC=d`, { A: '"b', C: "d" }],
    ["something behind the quotes", `A="b"c`, { A: '"b"c' }],
    ["no expansion", "A=b\nC=$A ${A} $(A)", { A: "b", C: "$A ${A} $(A)" }],
    ["CRLF", 'A=b\r\nC="d"\r\n# e\r\nF=g\r\n', { A: "b", C: "d", F: "g" }],
    ["a byte order mark", "\ufeffA=b", { A: "b" }],
    ["what is no variable", "A-B=c\n1A=b\n=d\nnonsense\n: x", {}],
    ["a name twice", "A=b\nA=c", { A: "c" }],
  ];
  for (const [what, text, expected] of cases) {
    test(`parseVariables() reads ${what}`, () => {
      assert.deepEqual(valuesOf(text), { ...expected });
    });
  }

  test("parseVariables() counts lines", () => {
    const variables = parseVariables('\ufeff# one\r\n\r\nA="x\r\ny"\r\n  export B=c\n\nD=e');
    assert.deepEqual([...variables].map(([name, { line }]) => [name, line]), [
      ["A", 3],
      ["B", 5],
      ["D", 7],
    ]);
  });

  test("parseVariables() is quick with a megabyte of nonsense", () => {
    const startedAt = performance.now();
    for (
      const piece of [
        "A=b\n",
        'A="',
        'A="\n',
        `A='x\nB="y\n`,
        'A="b" x\n',
        "A=b #",
        "\n",
        " ",
        "export ",
        "A",
        '\\"',
      ]
    ) {
      const nonsense = piece.repeat(1_000_000 / piece.length);
      for (const start of ["", "A=", 'A="', "A='"]) parseVariables(start + nonsense);
    }
    assert.ok(performance.now() - startedAt < 15_000);
  });

  test("parseVariables() loses no long value", () => {
    for (const [piece, value] of [["x", "x"], ["\n", "\n"], [String.raw`\n`, "\n"], ["é ", "é "]]) {
      const { A } = valuesOf(`A="${piece?.repeat(500_000)}"`);
      assert.ok(A === value?.repeat(500_000), JSON.stringify(piece));
    }
  });
});
