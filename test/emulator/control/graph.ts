import type { Emulator } from "../../../src/emulator/mod.ts";

/** Runs a query over the Query API of an instance, and gives the rows. */
export async function query(
  emulator: Emulator,
  cypher: string,
  id?: string,
): Promise<unknown[][]> {
  const env = emulator.env(id);
  const response = await fetch(`${env["AURA_WAKE_QUERY_API_URL"]}/db/neo4j/query/v2`, {
    method: "POST",
    headers: {
      authorization: `Basic ${btoa(`${env["NEO4J_USERNAME"]}:${env["NEO4J_PASSWORD"]}`)}`,
      "content-type": "application/json",
    },
    body: JSON.stringify({ statement: cypher }),
  });
  const body = await response.json() as { data?: { values: unknown[][] }; errors?: unknown };
  if (body.data === undefined) throw new Error(JSON.stringify(body.errors));
  return body.data.values;
}

/** The titles of all movies, in order. */
export async function titles(emulator: Emulator, id?: string): Promise<unknown[]> {
  const rows = await query(emulator, "MATCH (m:Movie) RETURN m.title AS title ORDER BY title", id);
  return rows.map(([title]) => title);
}
