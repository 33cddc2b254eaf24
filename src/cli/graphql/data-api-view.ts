/**
 * How a Data API looks to eyes.
 *
 * @module
 */
import type { DataApi, DataApiSummary } from "../../aura/data-api.ts";
import type { Cell, Columns } from "../output/table.ts";

/** A line of the list. */
export const DATA_API_COLUMNS: Columns<DataApiSummary> = {
  ID: ({ id }) => id,
  NAME: ({ name }) => name,
  STATUS: ({ status }) => status,
  URL: ({ url }) => url,
};

/** One of them. */
export function dataApiFields(api: DataApiSummary & Partial<DataApi>): Record<string, Cell> {
  const { errors = [], security, type_definitions: types, features } = api;
  return {
    id: api.id,
    name: api.name,
    status: api.status,
    url: api.url,
    origins: security?.cors_policy?.allowed_origins?.join(", "),
    subgraph: features?.subgraph,
    "type definitions": types === undefined ? undefined : linesText(types),
    ...Object.fromEntries(
      errors.map((
        { message },
        index,
      ) => [index === 0 ? "problem" : `problem ${index + 1}`, message]),
    ),
  };
}

function linesText(text: string): string {
  const count = text.trimEnd().split("\n").length;
  return `${count} line${count === 1 ? "" : "s"}`;
}
