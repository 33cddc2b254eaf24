/**
 * Several tables on one page.
 *
 * @module
 */
import { type Columns, tableText } from "./table.ts";

/** A titled table; nothing at all where it is not known what is there (null). */
export function sectionText<Item>(
  title: string,
  items: readonly Item[] | null,
  columns: Columns<Item>,
): string {
  if (items === null) return "";
  return `${title}\n${items.length === 0 ? "none\n" : tableText(items, columns)}`;
}
