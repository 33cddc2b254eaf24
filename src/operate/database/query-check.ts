/**
 * Whether a query only reads, by what the database says about it before it runs. Nothing here reads Cypher.
 *
 * The access mode alone is not enough: reading from an address, asking a model, or ending somebody's transaction are no writes.
 *
 * @see https://neo4j.com/docs/cypher-manual/current/planning-and-tuning/operators/
 * @module
 */

/** A step of a plan; Bolt and the Query API name its parts in the same way. */
export interface PlanStep {
  readonly operatorType: string;
  readonly arguments?: Readonly<Record<string, unknown>> | undefined;
  readonly children?: readonly PlanStep[] | undefined;
}

/** What EXPLAIN gave. */
export interface Explained {
  /** `r`, `w`, `rw` or `s`; undefined where the transport does not tell, as the Query API does not. */
  readonly type: string | undefined;
  readonly plan: unknown;
}

/** They read, whatever stands in them. What is not among them is not known to. */
const READERS: readonly RegExp[] = [
  /^\w*(?:Scan|Seek|SeekByRange|FromCountStore|Lookup)$/,
  /^(?:Optional|VarLength|BFSPruningVarLength)?Expand(?:\(.*\))?$/,
  /^(?:Stateful)?ShortestPath(?:\(.*\))?$/,
  /^(?:Bidirectional)?Repeat(?:\(.*\))?$/,
  /^(?:Let)?(?:Anti|Select|SelectOr|SelectOrAnti)?(?:Semi)?Apply$|^(?:RollUp|Conditional|AntiConditional)Apply$/,
  /^(?:CartesianProduct|(?:Node|Value)?(?:(?:Left|Right)Outer)?HashJoin)$/,
  /^(?:Eager|Ordered)?Aggregation$|^(?:Ordered)?(?:Distinct|Union)$|^Triadic(?:Selection|Build|Filter)$/,
  /^(?:ProduceResults|Projection|Filter|CacheProperties|Eager|Argument|Empty(?:Result|Row)|Optional|ProjectEndpoints)$/,
  /^(?:(?:Partial)?(?:Sort|Top)|(?:Exhaustive)?Limit|Skip|(?:Partitioned)?Unwind|NullifyMetadata)$/,
  /^Show(?:Indexes|Constraints|Functions|Procedures|Settings|Databases?)$/,
];

/** Not a write for the database, yet they do something outside of this query. */
const REACHES_OUT = /^(?:LoadCSV|Terminate\w*|RunQueryAt\w*)$/i;

/** Procedures that only look at the database itself. */
const PROCEDURES: readonly RegExp[] = [
  /^db\.(?:labels|relationshipTypes|propertyKeys|info|ping|schema\.\w+|awaitIndex(?:es)?)$/,
  /^db\.index\.(?:fulltext|vector)\.(?:query|list)\w+$/,
  /^dbms\.(?:components|info)$/,
  /^apoc\.(?:algo|coll|help|math|meta|neighbors|path|search|stats|text)(?:\.\w+)*$/,
  /^apoc\.(?:convert\.toTree|nodes\.(?:get|group|cycles))$/,
  /^gds\.(?:\w+\.)*(?:stream|stats|estimate|list|exists|version)$/,
];

/** Functions that ask somebody outside, or run what is in a text. */
const FUNCTIONS =
  /\b(?:genai|ai|apoc\.(?:cypher|load|ml|import|export|spatial|systemdb))\.[\w.]+\s*\(/i;

/** Why the query is not run; undefined for one that only reads. */
export function refusalOf({ type, plan }: Explained): string | undefined {
  if (type !== undefined && type !== "r") {
    return type === "s" ? "it changes the schema or the server" : "it writes";
  }
  if (!isStep(plan)) return "the database does not tell how it would run it";
  return refusalIn(plan, type !== undefined);
}

function refusalIn(step: PlanStep, isTyped: boolean): string | undefined {
  const { operatorType, arguments: details = {}, children = [] } = step;
  // It stands before the name of the database.
  const operator = operatorType.replace(/@.*$/s, "");
  if (REACHES_OUT.test(operator)) return `its step ${operator} reaches beyond the database`;
  const texts = Object.entries(details)
    .filter(([key]) => key !== "string-representation")
    .map(([, value]) => typeof value === "string" ? value.replaceAll("`", "") : "");
  if (/procedurecall/i.test(operator)) {
    const name = texts.map(procedureIn).find((found) => found !== undefined);
    if (name === undefined || !PROCEDURES.some((known) => known.test(name))) {
      return `the procedure ${name ?? "in it"} is not known to only read`;
    }
  } else if (!isTyped && !READERS.some((known) => known.test(operator))) {
    return `its step ${operator} is not known to only read, and over HTTP the database does not say`;
  }
  const called = texts.map((text) => FUNCTIONS.exec(text)?.[0]).find((found) => found);
  if (called !== undefined) {
    return `the function ${called.replace(/\s*\($/, "")} reaches beyond the database`;
  }
  for (const child of children) {
    const refusal = isStep(child)
      ? refusalIn(child, isTyped)
      : "the database does not tell how it would run it";
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}

/** `db.labels() :: (label :: STRING)` */
function procedureIn(text: string): string | undefined {
  return /^\s*([A-Za-z_]\w*(?:\.\w+)+)\s*\(/.exec(text)?.[1];
}

function isStep(value: unknown): value is PlanStep {
  const { operatorType, children = [] } = Object(value) as Partial<PlanStep>;
  return typeof operatorType === "string" && Array.isArray(children);
}
