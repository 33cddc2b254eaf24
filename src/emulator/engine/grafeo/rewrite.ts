/**
 * Small rewrites of Cypher that Neo4j runs and Grafeo 0.6 does not.
 *
 * @module
 */
import { type CypherToken, tokenize } from "../cypher-text.ts";
import { COMPONENT } from "../system-queries.ts";

// Words that Grafeo takes for keywords also where they can only be names.
const RESERVED = new Set(
  ("create set match return in where delete merge with unwind case then when else and or not null true as is " +
    "remove detach union distinct optional").split(" "),
);
const STARTS_EXPRESSION = new Set(["case", "not", "null", "true"]);

/** A query as Grafeo runs it, and what has to be undone in its result. */
export interface RewrittenQuery {
  readonly cypher: string;
  /** The query ended with FINISH: it gives no columns and no rows. */
  readonly finishes: boolean;
  /** What `apoc.util.validate` was to say; a division by zero stands for it. */
  readonly complaint: string | undefined;
}

/** Rewrites a query. */
export function rewriteForGrafeo(cypher: string): RewrittenQuery {
  const named = dropKindAndBatches(quoteNames(cypher));
  const finished = replaceFinish(named);
  const validated = replaceValidate(replaceComponents(finished ?? named));
  return {
    cypher: liftAggregates(replaceRandomUuid(validated.cypher)),
    finishes: finished !== undefined,
    complaint: validated.complaint,
  };
}

function quoteNames(cypher: string): string {
  const tokens = tokenize(cypher);
  return replaceTokens(cypher, tokens, (token, index) => {
    const word = token.text.toLowerCase();
    if (token.kind !== "word" || !RESERVED.has(word)) return undefined;
    const before = tokens[index - 1]?.text;
    const after = tokens[index + 1]?.text;
    const isProperty = before === ".";
    const isLabel = before === ":" && !STARTS_EXPRESSION.has(word);
    const isKey = after === ":" && (before === "{" || before === ",");
    return isProperty || isLabel || isKey ? `\`${token.text}\`` : undefined;
  });
}

/**
 * There is one kind of index, and a subquery runs in one transaction: where more is asked for, that is what is done.
 */
function dropKindAndBatches(cypher: string): string {
  return cypher.replace(/^(create\s+)range\s+(?=index\b)/i, "$1").replace(
    /\}\s*IN\s+(?:\S+\s+CONCURRENT\s+)?TRANSACTIONS\b(?:\s+OF\s+\S+\s+ROWS?\b)?(?:\s+ON\s+ERROR\s+\w+)?/gi,
    "}",
  );
}

function replaceFinish(cypher: string): string | undefined {
  const tokens = tokenize(cypher).filter((token) => token.text !== ";");
  const last = tokens.at(-1);
  if (last?.kind !== "word" || last.text.toUpperCase() !== "FINISH") return undefined;
  return `${cypher.slice(0, last.start)}RETURN count(*) AS finish`;
}

/** `CALL dbms.components() YIELD …` with something behind it becomes a WITH of the same columns. */
function replaceComponents(cypher: string): string {
  return cypher.replace(
    /\bCALL\s+dbms\.components\s*\(\s*\)\s*YIELD\s+((?:\w+(?:\s+AS\s+\w+)?\s*,?\s*)+?)(?=\s*(?:$|;|\b(?:RETURN|WITH|UNWIND|WHERE|MATCH)\b))/i,
    (_, columns: string) => {
      const parts = columns.split(",").map((column) => {
        const [name = "", alias = name] = column.trim().split(/\s+AS\s+/i);
        const value = COMPONENT[name as keyof typeof COMPONENT] ?? null;
        return `${JSON.stringify(value).replaceAll('"', "'")} AS ${alias}`;
      });
      return `WITH ${parts.join(", ")} `;
    },
  );
}

/** `CALL apoc.util.validate(condition, message, …)` becomes a division by zero where the condition holds. */
function replaceValidate(cypher: string): { cypher: string; complaint: string | undefined } {
  let text = cypher;
  let complaint: string | undefined;
  for (let count = 0;; count++) {
    const found = /(CALL\s+)?apoc\.util\.validate(Predicate)?\s*\(/i.exec(text);
    if (found === null) return { cypher: text, complaint };
    const open = found.index + found[0].length - 1;
    const { end, parts } = argumentsOf(text, open);
    const [condition = "false", message = "''"] = parts;
    complaint ??= message.trim().slice(1, -1);
    const replacement = found[2] === undefined
      ? `WITH *, CASE WHEN ${condition} THEN 1/0 ELSE 0 END AS __valid${count}`
      : `(CASE WHEN ${condition} THEN 1/0 ELSE 0 END = 0)`;
    text = text.slice(0, found.index) + replacement + text.slice(end);
  }
}

/** The arguments of a call, and the place after its closing bracket. */
function argumentsOf(cypher: string, open: number): { end: number; parts: string[] } {
  const parts: string[] = [];
  let depth = 0;
  let start = open + 1;
  for (const token of tokenize(cypher.slice(open))) {
    const at = open + token.start;
    if (["(", "[", "{"].includes(token.text)) depth += 1;
    if ([")", "]", "}"].includes(token.text)) depth -= 1;
    if (depth === 0 || (depth === 1 && token.text === ",")) {
      parts.push(cypher.slice(start, at));
      start = at + 1;
    }
    if (depth === 0) return { end: at + 1, parts };
  }
  return { end: cypher.length, parts: [...parts, cypher.slice(start)] };
}

/** A prefix that is fixed for the query, and a tail that is new for each row. */
function replaceRandomUuid(cypher: string): string {
  return cypher.replace(/\brandomUUID\s*\(\s*\)/gi, () => {
    const prefix = globalThis.crypto.randomUUID().slice(0, 24);
    return `('${prefix}' + toString(100000000000 + toInteger(rand() * 899999999999)))`;
  });
}

/** `RETURN {nodes: count(n)} AS this` becomes a WITH of the aggregates and a RETURN of the map. */
function liftAggregates(cypher: string): string {
  return cypher.replace(
    /\bRETURN \{ ?((?:\w+: (?:count|max|min|avg|sum)\([^()]*\)(?:, )?)+) ?\} AS (\w+)/g,
    (_, body: string, name: string) => {
      const parts = body.trim().split(/, (?=\w+:)/).map((part, index) => {
        const [key = "", value = ""] = part.split(/: (.*)/s);
        return { key, value, alias: `__${name}${index}` };
      });
      const aggregates = parts.map(({ value, alias }) => `${value} AS ${alias}`).join(", ");
      const entries = parts.map(({ key, alias }) => `${key}: ${alias}`).join(", ");
      return `WITH ${aggregates} RETURN {${entries}} AS ${name}`;
    },
  );
}

function replaceTokens(
  cypher: string,
  tokens: readonly CypherToken[],
  replace: (token: CypherToken, index: number) => string | undefined,
): string {
  let text = "";
  let at = 0;
  for (const [index, token] of tokens.entries()) {
    const replacement = replace(token, index);
    if (replacement === undefined) continue;
    text += cypher.slice(at, token.start) + replacement;
    at = token.end;
  }
  return text + cypher.slice(at);
}
