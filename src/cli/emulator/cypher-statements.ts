/**
 * Takes a file of Cypher apart.
 *
 * @module
 */

/**
 * What can stand between statements: text in quotes and comments, where a semicolon ends nothing, and the semicolon at
 * the end of a line, which does.
 */
const PIECES =
  /'(?:\\[^]|[^'\\])*'|"(?:\\[^]|[^"\\])*"|`[^`]*`|(?<comment>\/\/[^\n]*|\/\*[^]*?\*\/)|(?<end>;[ \t\r]*(?=\n|$|\/\/|\/\*))/g;

/** What a dump of cypher-shell puts around its statements; all of ours are one transaction already. */
const AROUND = /^[ \t]*:(?:begin|commit)[ \t\r;]*$/gim;

/** The statements of a file, which are ended by `;` at the end of a line; comments are dropped. */
export function cypherStatements(text: string): string[] {
  const statements = [""];
  const add = (part: string): void => {
    statements.push((statements.pop() ?? "") + part);
  };
  const source = text.replace(/^\ufeff/, "").replace(AROUND, "");
  let from = 0;
  for (const { 0: piece, index, groups } of source.matchAll(PIECES)) {
    add(source.slice(from, index));
    from = index + piece.length;
    if (groups?.["end"] !== undefined) statements.push("");
    // A comment separates words as a blank does.
    else add(groups?.["comment"] === undefined ? piece : " ");
  }
  add(source.slice(from));
  return statements.map((statement) => statement.trim()).filter((statement) => statement !== "");
}
