/**
 * `aura-wake query`
 *
 * @module
 */
import type { Row } from "../../neo4j/connection.ts";
import { databaseTrouble } from "../../operate/database/database-trouble.ts";
import { openDatabase } from "../../operate/database/open-database.ts";
import { OperateError } from "../../operate/operate-error.ts";
import { durationText } from "../../operate/text/duration-text.ts";
import { type Command, defineCommand } from "../command.ts";
import { DATABASE_FLAGS, readDatabaseFlags } from "../database/database-flags.ts";
import { readParameters } from "../input/query-parameters.ts";
import { readText } from "../input/read-text.ts";
import { rowColumns } from "../output/row-columns.ts";

/** Runs one statement. The server itself refuses writes unless they are asked for: nothing here reads Cypher. */
export const query: Command = defineCommand({
  args: {
    cypher: {
      type: "positional",
      description: "The statement; - reads it from standard input, @file from a file",
    },
    write: { type: "boolean", description: "Let the statement write (default: read only)" },
    param: {
      type: "string",
      valueHint: "name=value",
      description: "One parameter; a value that is JSON is read as that, any other as text",
    },
    params: {
      type: "string",
      valueHint: "json",
      description: "Parameters as a JSON object, or @file with one",
    },
    ...DATABASE_FLAGS,
  },
  async run(context, { cypher: argument, write, param, params, ...flags }) {
    const { clock } = context.io;
    const parameters = readParameters(
      params === undefined ? undefined : await readText(context, params),
      param,
    );
    const cypher = (await readText(context, argument)).trim();
    if (cypher === "") {
      throw new OperateError("USAGE", "Cannot run the query: the statement is empty");
    }
    const connection = await openDatabase(context, readDatabaseFlags(flags));
    const { signal } = context;
    const startedAt = clock.now();
    let rows: Row[];
    try {
      rows = write
        ? await connection.write(cypher, parameters, { signal })
        : await connection.read(cypher, parameters, { signal });
    } catch (error) {
      throw databaseTrouble(error, {
        action: "run the query",
        writes: write,
        directions: context.directions,
      });
    }
    const took = durationText(clock.now() - startedAt);
    context.print.list(rows, rowColumns(rows), "No rows");
    context.note(`${rows.length} row${rows.length === 1 ? "" : "s"} in ${took}`);
  },
});
