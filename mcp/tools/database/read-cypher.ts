/**
 * `read_cypher`
 *
 * @module
 */
import { z } from "zod";
import { defineTool, type Tool } from "../../tool.ts";
import { CREDENTIAL, OWN_INSTANCE, timeoutSeconds } from "../arguments.ts";

export const readCypher: Tool = defineTool({
  name: "read_cypher",
  title: "Read with Cypher",
  description:
    "Runs one Cypher query that only reads, and gives its rows; anything else is refused. Call get_graph_schema first for labels and properties. Wakes a paused instance if the server may.",
  toolset: "database",
  access: "read",
  mayWake: true,
  effects: { destructive: false, idempotent: true, openWorld: true },
  input: z.strictObject({
    instance: OWN_INSTANCE,
    query: z.string().max(50_000).describe("One statement"),
    params: z.looseObject({}).optional().describe("Values of its $parameters"),
    credential: CREDENTIAL,
    limit: z.number().int().min(1).max(1_000).default(100).describe("Most rows"),
    timeout_seconds: timeoutSeconds(30).describe("For the query, not the wake"),
  }),
  output: z.object({
    columns: z.array(z.string()),
    rows: z.array(z.array(z.unknown())),
  }),
  async run(call, { query, params = {}, limit, timeout_seconds: seconds, ...choice }) {
    const { openForReading } = await import("./open-for-reading.ts");
    const { readQuery } = await import("../../../src/operate/database/read-query.ts");
    const { jsonRows } = await import("../../../src/operate/database/json-value.ts");
    const opened = await openForReading(call, { ...choice, timeoutMs: seconds * 1_000 });
    const { columns, rows, more } = await opened.attempt(
      "run the query",
      (wait) => readQuery(opened, { cypher: query, parameters: params, limit, ...wait }),
    );
    const { values, shortened } = jsonRows(rows);
    if (shortened) {
      call.note("Long lists of numbers are shortened; return a slice or size(list) for more");
    }
    return {
      columns: [...columns],
      rows: values,
      ...(more !== undefined && { truncated: true, next_step: nextStep(more, limit) }),
    };
  },
});

function nextStep(more: "rows" | "bytes", limit: number): string {
  return more === "rows"
    ? `There are more than ${limit} rows: count or filter in the query, page it with ORDER BY, SKIP and LIMIT, or raise limit`
    : "The rows are too big to read on: return single properties instead of whole nodes, or fewer rows";
}
