/**
 * Tables for eyes.
 *
 * @module
 */
import { plainText } from "../../operate/text/plain-text.ts";

/** What can stand in a cell. */
export type Cell = string | number | boolean | null | undefined;

/** Columns by their title, in the order of printing. */
export type Columns<Item> = Readonly<Record<string, (item: Item) => Cell>>;

/** One line for each item, below the titles. */
export function tableText<Item>(
  items: readonly Item[],
  columns: Columns<Item>,
  emphasize: (text: string) => string = (text) => text,
): string {
  const titles = Object.keys(columns).map(plainText);
  const rows = items.map((item) => Object.values(columns).map((column) => cellText(column(item))));
  const widths = titles.map((title, index) =>
    Math.max(widthOf(title), ...rows.map((row) => widthOf(row[index] ?? "")))
  );
  const toLine = (cells: readonly string[]): string =>
    cells.map((cell, index) => pad(cell, widths[index] ?? 0)).join("  ").trimEnd();
  return [emphasize(toLine(titles)), ...rows.map(toLine)].map((line) => `${line}\n`).join("");
}

/** A title and a value on each line; what is undefined is left out. */
export function recordText(fields: Readonly<Record<string, Cell>>): string {
  const present = Object.entries(fields).filter(([, value]) => value !== undefined);
  const width = Math.max(0, ...present.map(([title]) => widthOf(title)));
  return present.map(([title, value]) => `${pad(title, width)}  ${cellText(value)}\n`).join("");
}

function cellText(value: Cell): string {
  return value === null || value === undefined || value === "" ? "-" : plainText(String(value));
}

function pad(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - widthOf(text)));
}

/** In characters as people count them; wide ones (CJK, emoji) take two columns. */
function widthOf(text: string): number {
  let width = 0;
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    width +=
      /\p{Emoji_Presentation}|[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u
          .test(segment)
        ? 2
        : 1;
  }
  return width;
}
