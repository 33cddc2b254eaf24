/**
 * One read over Bolt that takes no more rows than are wanted: the driver asks for them bit by bit, and the server drops the rest.
 *
 * @see https://neo4j.com/docs/javascript-manual/current/
 * @module
 */
import {
  type BoltRecord,
  type BoltResult,
  type BoltSession,
  loadDriver,
} from "../../neo4j/bolt-driver.ts";
import { toDriverParameters, toPlain } from "../../neo4j/bolt-values.ts";
import type { Parameters } from "../../neo4j/connection.ts";
import { type Explained, refusalOf } from "./query-check.ts";
import { type FoundRows, refused } from "./read-rows.ts";

/** What is read. */
export interface BoltRead {
  readonly cypher: string;
  readonly parameters: Parameters;
  readonly maxRows: number;
  readonly maxBytes: number;
  readonly timeoutMs: number;
}

/** A result that gives rows one after the other; leaving it early discards the rest. */
interface StreamedResult extends PromiseLike<BoltResult>, AsyncIterable<BoltRecord> {
  keys(): Promise<readonly PropertyKey[]>;
  summary(): Promise<unknown>;
}

/**
 * Asks the server what kind of query it is, and only then runs it, both in one transaction with read access that the server ends
 * when its time is up.
 *
 * @throws {OperateError} NOT_PERMITTED for what is not known to do nothing but read
 */
export async function readOverBolt(session: BoltSession, read: BoltRead): Promise<FoundRows> {
  const { cypher, parameters, maxRows, maxBytes, timeoutMs } = read;
  const values = toDriverParameters(await loadDriver(), parameters);
  return await session.executeRead(async (transaction) => {
    const { summary } = await transaction.run(`EXPLAIN ${cypher}`, values);
    const refusal = refusalOf(explained(summary));
    if (refusal !== undefined) throw refused(refusal);
    const result = transaction.run(cypher, values) as StreamedResult;
    const columns = (await result.keys()).map(String);
    const rows: unknown[][] = [];
    let bytes = 0;
    let more: FoundRows["more"];
    for await (const record of result) {
      if (rows.length === maxRows) more = "rows";
      else if (bytes > maxBytes) more = "bytes";
      if (more !== undefined) break;
      const row = columns.map((column) => toPlain(record.get(column)));
      bytes += sizeOf(row);
      rows.push(row);
    }
    return { columns, rows, more };
  }, { timeout: timeoutMs });
}

function explained(summary: unknown): Explained {
  const { queryType, plan } = Object(summary) as { queryType?: unknown; plan?: unknown };
  // One that says nothing has not said that it only reads.
  return { type: String(queryType), plan };
}

/** About as many bytes as it takes in JSON. */
function sizeOf(row: unknown[]): number {
  return JSON.stringify(
    row,
    (_key, value) =>
      typeof value === "bigint" || value instanceof Uint8Array ? String(value) : value,
  ).length;
}
