/**
 * `aura-wake explore`
 *
 * @module
 */
import type { Connection, Row } from "../../neo4j/connection.ts";
import { databaseTrouble } from "../../operate/database/database-trouble.ts";
import {
  type Contents,
  exploreDatabase,
  type ExploreOptions,
} from "../../operate/database/explore-database.ts";
import { openDatabase } from "../../operate/database/open-database.ts";
import { subjectText } from "../../operate/database/rule-text.ts";
import { type Command, defineCommand } from "../command.ts";
import { DATABASE_FLAGS, readDatabaseFlags } from "../database/database-flags.ts";
import { directions } from "../directions.ts";
import { sectionText } from "../output/page.ts";
import { cellOf } from "../output/row-columns.ts";
import { type Cell, recordText, tableText } from "../output/table.ts";

/** Shows what is in a database. */
export const explore: Command = defineCommand({
  args: { ...DATABASE_FLAGS },
  async run(context, flags) {
    const connection = await openDatabase(context, readDatabaseFlags(flags));
    const progress = context.io.stderr.isTty ? context.progress() : undefined;
    const contents = await readContents(connection, {
      signal: context.signal,
      onPart: (part) => progress?.show(`Reading ${part}`),
    });
    progress?.end();
    if (context.print.format === "table") context.print.text(contentsText(contents));
    else context.print.one(contents, {});
  },
});

async function readContents(connection: Connection, options: ExploreOptions): Promise<Contents> {
  try {
    return await exploreDatabase(connection, options);
  } catch (error) {
    throw databaseTrouble(error, { action: "explore the database", writes: false, directions });
  }
}

/** Everything on one page. */
function contentsText(contents: Contents): string {
  const { nodes, relationships, labels, relationship_types, property_keys } = contents;
  const { indexes, constraints, not_available } = contents;
  const counts = { name: (item: Named) => item.name, count: (item: Named) => text(item.count) };
  return [
    recordText({ nodes: text(nodes), relationships: text(relationships) }),
    sectionText("Labels", labels, counts),
    sectionText("Relationship types", relationship_types, counts),
    property_keys === null ? "" : `Property keys\n${property_keys.join(", ") || "none"}\n`,
    sectionText("Indexes", indexes, {
      name: column("name"),
      type: column("type"),
      state: column("state"),
      on: (row: Row) => subjectText(row) ?? null,
    }),
    sectionText("Constraints", constraints, {
      name: column("name"),
      type: column("type"),
      on: (row: Row) => subjectText(row) ?? null,
    }),
    not_available.length === 0
      ? ""
      : `Not available\n${
        tableText(not_available, { part: ({ part }) => part, reason: ({ reason }) => reason })
      }`,
  ].filter((part) => part !== "").join("\n");
}

interface Named {
  readonly name: string;
  readonly count: number | bigint | null;
}

function text(count: number | bigint | null): Cell {
  return count === null ? null : String(count);
}

function column(name: string): (row: Row) => Cell {
  return (row) => cellOf(row[name]);
}
