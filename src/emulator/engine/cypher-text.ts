/**
 * Just enough of Cypher's text to tell what a query is going to do: no grammar, only words that are not in strings or
 * comments.
 *
 * @module
 */
import { EngineError } from "./engine.ts";

/** A piece of a query. Comments and spaces are left out; `start` and `end` say where it stands. */
export interface CypherToken {
  readonly kind: "word" | "quoted" | "string" | "number" | "parameter" | "symbol";
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** How a query wants to be run. */
export type CypherMode = "run" | "explain" | "profile";

/** What a query is going to do, as far as its text tells. */
export interface CypherShape {
  readonly mode: CypherMode;
  /** The query without `CYPHER …`, EXPLAIN and PROFILE. */
  readonly body: string;
  readonly writes: boolean;
  readonly changesSchema: boolean;
  /** It ends with rows of its own: a RETURN outside of subqueries, or nothing but a call. */
  readonly returns: boolean;
}

const TOKEN =
  /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|'(?:\\[\s\S]|[^'\\])*'?|"(?:\\[\s\S]|[^"\\])*"?|`(?:``|[^`])*`?|\$(?:`(?:``|[^`])*`|[\p{L}\p{N}_]+)|[\p{L}_][\p{L}\p{N}_]*|\d[\p{L}\p{N}_]*(?:\.\d[\p{L}\p{N}_]*)?|\S/gu;

const WRITING = new Set(["CREATE", "MERGE", "SET", "DELETE", "REMOVE", "DETACH", "FOREACH"]);
const SCHEMA_VERBS = new Set(["CREATE", "DROP", "ALTER"]);
const SCHEMA_NOUNS = new Set([
  "INDEX",
  "CONSTRAINT",
  "RANGE",
  "TEXT",
  "POINT",
  "LOOKUP",
  "FULLTEXT",
  "VECTOR",
  "DATABASE",
  "ALIAS",
  "USER",
  "ROLE",
  "OR",
  "COMPOSITE",
]);

/** Procedures that Neo4j or its APOC library have, and that say of themselves that they write. */
const WRITING_PROCEDURE =
  /^(?:apoc\.(?:atomic|create|import|lock|merge|periodic|refactor|schema\.assert|trigger)\b|apoc\.cypher\.(?:doIt|runMany|runSchema|runWrite)|apoc\.nodes\.(?:collapse|delete|link)|apoc\.convert\.setJsonProperty|db\.create)/;

/** Cuts a query in pieces. */
export function tokenize(cypher: string): CypherToken[] {
  const tokens: CypherToken[] = [];
  for (const found of cypher.matchAll(TOKEN)) {
    const [text] = found;
    const kind = kindOf(text);
    if (kind === undefined) continue;
    tokens.push({ kind, text, start: found.index, end: found.index + text.length });
  }
  return tokens;
}

/**
 * Tells what a query is going to do.
 *
 * @throws {EngineError} `Neo.ClientError.Statement.SyntaxError` where it is to be both explained and profiled
 */
export function readShape(cypher: string): CypherShape {
  const tokens = tokenize(cypher);
  let at = 0;
  let mode: CypherMode = "run";
  for (; at < tokens.length; at++) {
    const word = keyword(tokens[at]);
    if (word === "CYPHER") at = skipOptions(tokens, at);
    else if (word === "EXPLAIN" || word === "PROFILE") mode = modeAfter(mode, word);
    else break;
  }
  const rest = tokens.slice(at);
  const changesSchema = SCHEMA_VERBS.has(keyword(rest[0])) && SCHEMA_NOUNS.has(keyword(rest[1]));
  return {
    mode,
    body: cypher.slice(rest[0]?.start ?? cypher.length),
    writes: changesSchema ||
      rest.some((_, index) => isWritingClause(rest, index) || isWritingCall(rest, index)),
    changesSchema,
    returns: keyword(rest[0]) === "CALL" || returnsAtTheEnd(rest),
  };
}

function modeAfter(mode: CypherMode, word: "EXPLAIN" | "PROFILE"): CypherMode {
  const next = word === "EXPLAIN" ? "explain" : "profile";
  if (mode === "run" || mode === next) return next;
  throw new EngineError(
    "Neo.ClientError.Statement.SyntaxError",
    "Can't specify multiple conflicting values for explain and profile",
  );
}

/** `CYPHER 5`, `CYPHER 25 runtime=slotted`: gives the place of the last token that belongs to it. */
function skipOptions(tokens: readonly CypherToken[], start: number): number {
  let at = start;
  if (tokens[at + 1]?.kind === "number") at += 1;
  while (tokens[at + 1]?.kind === "word" && tokens[at + 2]?.text === "=") at += 3;
  return at;
}

/** A word is a clause unless something makes it a name: `n.set`, `:CREATE`, `{set: 1}`, `$delete`. */
function isWritingClause(tokens: readonly CypherToken[], at: number): boolean {
  if (!WRITING.has(keyword(tokens[at]))) return false;
  const before = tokens[at - 1]?.text ?? "";
  const after = tokens[at + 1]?.text ?? "";
  if ([".", ":", "&", "!"].includes(before)) return false;
  if (before.toUpperCase() === "AS") return false;
  return ![":", ".", ",", ")", "]", "}", "=", "<", ">", "+", "-", "*", "/", "|", "{", ""]
    .includes(after);
}

/** `CALL apoc.create.node(…)`, whatever it is written in. */
function isWritingCall(tokens: readonly CypherToken[], at: number): boolean {
  return keyword(tokens[at]) === "CALL" && WRITING_PROCEDURE.test(procedureName(tokens, at + 1));
}

/** The name that begins at a place; empty for a subquery. */
function procedureName(tokens: readonly CypherToken[], start: number): string {
  let name = "";
  for (let at = start; at < tokens.length; at++) {
    const { kind, text } = tokens[at] as CypherToken;
    if (kind !== "word" && kind !== "quoted" && text !== ".") break;
    // Two names side by side are no name.
    if (text !== "." && name !== "" && !name.endsWith(".")) break;
    name += text.replaceAll("`", "");
  }
  return name;
}

function returnsAtTheEnd(tokens: readonly CypherToken[]): boolean {
  let depth = 0;
  let returns = false;
  for (const [index, token] of tokens.entries()) {
    if (token.text === "{") depth += 1;
    if (token.text === "}") depth -= 1;
    const before = tokens[index - 1]?.text ?? "";
    if (depth === 0 && keyword(token) === "RETURN" && ![".", ":"].includes(before)) returns = true;
  }
  return returns;
}

function keyword(token: CypherToken | undefined): string {
  return token?.kind === "word" ? token.text.toUpperCase() : "";
}

function kindOf(text: string): CypherToken["kind"] | undefined {
  if (text.startsWith("//") || text.startsWith("/*")) return undefined;
  const first = text.charAt(0);
  if (first === "'" || first === '"') return "string";
  if (first === "`") return "quoted";
  if (first === "$" && text.length > 1) return "parameter";
  if (/\d/.test(first)) return "number";
  return /[\p{L}_]/u.test(first) ? "word" : "symbol";
}
