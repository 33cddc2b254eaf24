/**
 * `get_graph_schema`
 *
 * @module
 */
import { z } from "zod";
import type { Counted } from "../../../src/operate/database/explore-database.ts";
import { defineTool, type Tool } from "../../tool.ts";
import { CREDENTIAL, OWN_INSTANCE } from "../arguments.ts";

/** Of one label or type: a huge graph has the same shape as its first nodes, mostly. */
const SAMPLE = 100;
const TIMEOUT_MS = 30_000;

/** With `count`, `properties`, and of a type `from` and `to`: in a schema they would cost more than they tell. */
const COUNTED = z.array(z.looseObject({ name: z.string() }));

export const getGraphSchema: Tool = defineTool({
  name: "get_graph_schema",
  title: "Get graph schema",
  description:
    `Shows what is in a database: labels and relationship types with counts, properties and what they connect (seen on ${SAMPLE} of each), indexes, constraints. Call it before read_cypher. Wakes a paused instance if the server may.`,
  toolset: "database",
  access: "read",
  mayWake: true,
  effects: { destructive: false, idempotent: true, openWorld: true },
  input: z.strictObject({ instance: OWN_INSTANCE, credential: CREDENTIAL }),
  output: z.object({
    nodes: z.number().optional(),
    relationships: z.number().optional(),
    labels: COUNTED,
    relationship_types: COUNTED,
    indexes: z.array(z.string()),
    constraints: z.array(z.string()),
  }),
  async run(call, choice) {
    const { openForReading } = await import("./open-for-reading.ts");
    const { exploreDatabase } = await import("../../../src/operate/database/explore-database.ts");
    const { ruleText } = await import("../../../src/operate/database/rule-text.ts");
    const opened = await openForReading(call, { ...choice, timeoutMs: TIMEOUT_MS });
    const progress = call.progress();
    const found = await opened.attempt(
      "read the schema",
      (wait) =>
        exploreDatabase(opened.connection, {
          ...wait,
          sample: SAMPLE,
          onPart: (part) => progress.show(`Reading ${part}`),
        }),
    );
    for (const { part, reason } of found.not_available) {
      call.note(`Not available: ${part}, ${reason}`);
    }
    const { nodes, relationships, labels, relationship_types, indexes, constraints } = found;
    return {
      nodes: number(nodes),
      relationships: number(relationships),
      labels: (labels ?? []).map(listed),
      relationship_types: (relationship_types ?? []).map(listed),
      indexes: (indexes ?? []).map(ruleText),
      constraints: (constraints ?? []).map(ruleText),
    };
  },
});

function listed({ count, properties, from, to, name }: Counted): z.input<typeof COUNTED>[number] {
  return {
    name,
    count: number(count),
    properties: properties && [...properties],
    from: from && [...from],
    to: to && [...to],
  };
}

/** There are no databases with more than 2^53 of anything. */
function number(count: number | bigint | null): number | undefined {
  return count === null ? undefined : Number(count);
}
