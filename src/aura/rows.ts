/**
 * Lists of the API, as they may be relied on: one odd row costs none of the others.
 *
 * @module
 */

/** Leaves out what is no object or has no id; a name that is none is empty. */
export function readRows<Row extends { readonly id: string; readonly name: string }>(
  rows: readonly unknown[],
): Row[] {
  return rows
    .filter((row): row is Row => typeof (Object(row) as Partial<Row>).id === "string")
    .map((row) => typeof row.name === "string" ? row : { ...row, name: "" });
}
