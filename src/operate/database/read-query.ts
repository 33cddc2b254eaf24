/**
 * Runs one query that only reads, and gives no more of its rows than are wanted.
 *
 * @module
 */
import type { BoltSession } from "../../neo4j/bolt-driver.ts";
import type { Connection, Parameters, QueryOptions, Row } from "../../neo4j/connection.ts";
import type { AnswerWatch } from "./answer-watch.ts";
import { refusalOf } from "./query-check.ts";
import { readOverBolt } from "./read-over-bolt.ts";
import { type FoundRows, refused } from "./read-rows.ts";

/** A connection, and what watches it where it goes over HTTP. */
export interface Readable {
  readonly connection: Connection;
  /** What the connection's requests go through. */
  readonly answers: AnswerWatch;
  /** The server ends a query after that. */
  readonly timeoutMs: number;
}

/** What is read. */
export interface ReadWish extends Pick<QueryOptions, "signal" | "waitMs"> {
  readonly cypher: string;
  readonly parameters: Parameters;
  /** The most rows. */
  readonly limit: number;
}

/** More than anybody reads, and nothing that fills a memory. */
const MAX_BYTES = 1_048_576;
/** Typed JSON takes several times as much as what is in it. */
const MAX_ANSWER_BYTES = 8 * MAX_BYTES;

/**
 * Gives the rows. The query runs only where the server has said that it reads, in a transaction that may not write.
 *
 * @throws {OperateError} NOT_PERMITTED for any other; what the database says is wrong with it
 */
export async function readQuery(
  { connection, answers, timeoutMs }: Readable,
  { cypher, parameters, limit, ...options }: ReadWish,
): Promise<FoundRows> {
  const bolt = await connection.run(
    async (session) =>
      isBolt(session)
        ? await readOverBolt(session, {
          cypher,
          parameters,
          maxRows: limit,
          maxBytes: MAX_BYTES,
          timeoutMs,
        })
        : undefined,
    { ...options, idempotent: true },
  );
  if (bolt !== undefined) return bolt;
  // One row more says that there are more.
  answers.begin({ maxRows: limit + 1, maxBytes: MAX_ANSWER_BYTES });
  await connection.read(`EXPLAIN ${cypher}`, parameters, options);
  const refusal = refusalOf({ type: undefined, plan: answers.plan });
  if (refusal !== undefined) throw refused(refusal);
  answers.begin({ maxRows: limit + 1, maxBytes: MAX_ANSWER_BYTES });
  const rows = await connection.read(cypher, parameters, options);
  const { cut } = answers;
  const columns = columnsOf(rows, answers.columns);
  return {
    columns,
    rows: rows.slice(0, limit).map((row) => columns.map((column) => row[column])),
    more: rows.length > limit ? "rows" : cut,
  };
}

/** In their order, as the answer had them; what a probe that came in between asked for is not that. */
function columnsOf(rows: readonly Row[], seen: readonly string[] = []): readonly string[] {
  const [first] = rows;
  const isOfRows = first === undefined || seen.every((column) => column in first);
  return isOfRows ? seen : Object.keys(first);
}

/** Over HTTP there is a session with one method. */
function isBolt(session: unknown): session is BoltSession {
  return typeof Object(session).executeRead === "function";
}
