/**
 * What is in a database, part by part; a part that the server refuses does not hide the others.
 *
 * @see https://neo4j.com/docs/operations-manual/current/reference/procedures/
 * @module
 */
import { inParallel } from "../../in-parallel.ts";
import type { Connection, Row } from "../../neo4j/connection.ts";

/** Something by name, with how often it is there; null where the server does not say. */
export interface Counted {
  readonly name: string;
  readonly count: number | bigint | null;
  /** Keys that were seen on some of them. @default not looked for */
  readonly properties?: readonly string[];
  /** Labels that were seen at the beginning of relationships. @default not looked for */
  readonly from?: readonly string[];
  /** The same at their end. */
  readonly to?: readonly string[];
}

/** A part that could not be had, and why. */
export interface Unavailable {
  readonly part: string;
  readonly reason: string;
}

/** What is in a database. What the server refused is null, and in `not_available`. */
export interface Contents {
  readonly nodes: number | bigint | null;
  readonly relationships: number | bigint | null;
  readonly labels: readonly Counted[] | null;
  readonly relationship_types: readonly Counted[] | null;
  readonly property_keys: readonly string[] | null;
  readonly indexes: readonly Row[] | null;
  readonly constraints: readonly Row[] | null;
  readonly not_available: readonly Unavailable[];
}

/** How it is read. */
export interface ExploreOptions {
  readonly signal: AbortSignal;
  /** Told before each part. */
  readonly onPart: (part: string) => void;
  /** How long each query may wait for a wake. @default the waker's deadline */
  readonly waitMs?: number | undefined;
  /** Looks at so many of each label and type, for their properties and what they connect. @default at none */
  readonly sample?: number | undefined;
}

/** Counts come from the database's own books, so each is quick; many at once would still be a burden. */
const PARALLEL = 3;
/** A sample is quick, too, but a graph with more labels than this has names that are data. */
const MOST_SAMPLED = 100;

/**
 * Reads what is in the database. Only the first query waits for a wake, since no other one begins before it has answered.
 *
 * @throws what the database or the connection throws where it is not one part alone that is refused
 */
export async function exploreDatabase(
  connection: Connection,
  { signal, onPart, waitMs, sample = 0 }: ExploreOptions,
): Promise<Contents> {
  const unavailable: Unavailable[] = [];

  async function ask(cypher: string): Promise<Row[]> {
    return await connection.read(cypher, {}, {
      signal,
      ...(waitMs !== undefined && { waitMs }),
    });
  }

  async function part<Value>(name: string, read: () => Promise<Value>): Promise<Value | null> {
    onPart(name);
    try {
      return await read();
    } catch (error) {
      const { code = "", message = "" } = Object(error) as { code?: string; message?: string };
      if (!isRefusal(code)) throw error;
      unavailable.push({ part: name, reason: `${message} (${code})` });
      return null;
    }
  }

  async function count(cypher: string): Promise<number | bigint | null> {
    const [row] = await ask(cypher);
    return (row?.["count"] ?? null) as number | bigint | null;
  }

  async function counted(
    part_: string,
    names: readonly string[],
    cypher: (name: string) => string,
  ): Promise<Counted[]> {
    const found: Counted[] = names.map((name) => ({ name, count: null }));
    let refused: Unavailable | undefined;
    await inParallel(names, PARALLEL, async (name, index) => {
      try {
        found[index] = { name, count: await count(cypher(quote(name))) };
      } catch (error) {
        const { code = "", message = "" } = Object(error) as { code?: string; message?: string };
        if (!isRefusal(code)) throw error;
        refused ??= { part: `${part_} ${name}`, reason: `${message} (${code})` };
      }
    });
    if (refused !== undefined) unavailable.push(refused);
    return found.sort((left, right) => Number(right.count ?? -1) - Number(left.count ?? -1));
  }

  /** A sample that the server refuses takes nothing else away. */
  async function sampled(
    items: readonly Counted[],
    look: (name: string) => Promise<Omit<Counted, "name" | "count">>,
  ): Promise<Counted[]> {
    const found = [...items];
    await inParallel(found.slice(0, sample > 0 ? MOST_SAMPLED : 0), PARALLEL, async (item, at) => {
      const seen = await part(`a sample of ${item.name}`, () => look(quote(item.name)));
      found[at] = { ...item, ...seen };
    });
    return found;
  }

  async function sampleLabel(name: string): Promise<Pick<Counted, "properties">> {
    const rows = await ask(`MATCH (n:${name}) WITH n LIMIT ${sample} RETURN keys(n) AS keys`);
    return { properties: namesIn(rows, "keys") };
  }

  async function sampleType(name: string): Promise<Omit<Counted, "name" | "count">> {
    const rows = await ask(
      `MATCH (a)-[r:${name}]->(b) WITH a, r, b LIMIT ${sample} ` +
        "RETURN keys(r) AS keys, labels(a) AS starts, labels(b) AS ends",
    );
    return {
      properties: namesIn(rows, "keys"),
      from: namesIn(rows, "starts"),
      to: namesIn(rows, "ends"),
    };
  }

  const nodes = await part("nodes", () => count("MATCH (n) RETURN count(n) AS count"));
  const relationships = await part(
    "relationships",
    () => count("MATCH ()-[r]->() RETURN count(r) AS count"),
  );
  const labels = await part("labels", async () =>
    await sampled(
      await counted(
        "nodes labelled",
        namesOf(await ask("CALL db.labels()")),
        (name) => `MATCH (n:${name}) RETURN count(n) AS count`,
      ),
      sampleLabel,
    ));
  const relationship_types = await part(
    "relationship types",
    async () =>
      await sampled(
        await counted(
          "relationships of type",
          namesOf(await ask("CALL db.relationshipTypes()")),
          (name) => `MATCH ()-[r:${name}]->() RETURN count(r) AS count`,
        ),
        sampleType,
      ),
  );
  const property_keys = await part(
    "property keys",
    async () => namesOf(await ask("CALL db.propertyKeys()")).sort(),
  );
  const indexes = await part("indexes", () => ask("SHOW INDEXES"));
  const constraints = await part("constraints", () => ask("SHOW CONSTRAINTS"));
  return {
    nodes,
    relationships,
    labels,
    relationship_types,
    property_keys,
    indexes,
    constraints,
    not_available: unavailable,
  };
}

/** The server understood and declines: not a login, not a missing database, not a connection. */
function isRefusal(code: string): boolean {
  return /^Neo\.(?:ClientError\.(?:Statement|Procedure|Schema)\.|ClientError\.Security\.Forbidden|DatabaseError\.)/
    .test(code);
}

/** Procedures that list names have one column. */
function namesOf(rows: readonly Row[]): string[] {
  return rows.map((row) => String(Object.values(row)[0]));
}

/** Every name that stands in a list of some row, once. */
function namesIn(rows: readonly Row[], column: string): string[] {
  return [...new Set(rows.flatMap((row) => row[column] as string[]))].sort();
}

function quote(name: string): string {
  return `\`${name.replaceAll("`", "``")}\``;
}
