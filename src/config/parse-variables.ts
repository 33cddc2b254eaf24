/**
 * Reads the text of a file of variables: `.env`, and the one that the Aura console offers when an instance is created. Nothing is
 * expanded.
 *
 * @module
 */

/** What a line gives. */
export interface Variable {
  readonly value: string;
  /** Counted from 1. */
  readonly line: number;
}

/** The variables of a file by name; of a name that stands there twice, the last. */
export function parseVariables(text: string): Map<string, Variable> {
  const variables = new Map<string, Variable>();
  let line = 1;
  let counted = 0;
  for (const match of text.matchAll(LINE)) {
    const [, name = "", double, single, bare = ""] = match;
    const value = double === undefined ? single ?? withoutComment(bare) : unescaped(double);
    line += text.slice(counted, match.index).split(/\r\n|\n|\r/).length - 1;
    counted = match.index;
    variables.set(name, { value, line });
  }
  return variables;
}

/** `NAME=value`; a byte order mark or `export` may stand before it, and a value in quotes may go over several lines. */
const LINE =
  /^\ufeff?[ \t]*(?:export[ \t]+)?([A-Za-z_]\w*)[ \t]*=[ \t]*(?:"([^"\\]*(?:\\[^][^"\\]*)*)"(?=[ \t]*(?:#.*)?$)|'([^']*)'(?=[ \t]*(?:#.*)?$)|([^\r\n]*))/gm;

/** A `#` inside a word is part of it. */
function withoutComment(text: string): string {
  return text.replace(/(?:^|\s)#[^]*$/, "").trim();
}

function unescaped(text: string): string {
  return text.replace(/\\([nrt"\\$])/g, (_, letter: string) => ESCAPES[letter] ?? letter);
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t" };
