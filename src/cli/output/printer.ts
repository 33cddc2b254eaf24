/**
 * Prints results: a table for eyes, JSON for programs.
 *
 * @module
 */
import type { OutputFormat } from "../global-flags.ts";
import type { Output } from "../io.ts";
import { type Cell, type Columns, recordText, tableText } from "./table.ts";

/** Where a command's result goes. A command prints once. */
export interface Printer {
  readonly format: OutputFormat;
  /** Several things of one kind. */
  list<Item>(items: readonly Item[], columns: Columns<Item>, empty?: string): void;
  /** One thing. JSON has all of it, the table the fields that are named. */
  one<Item>(item: Item, fields: Readonly<Record<string, Cell>>): void;
  /** One of several results of a command that goes on: a line each, in JSON too. */
  event<Item>(item: Item, text: string): void;
  /** What has no table, such as a file to save; with JSON it is the member `text` of `data`. */
  text(text: string): void;
  /** What another program reads as it is (a script, lines to source): also in a pipe no JSON, unless a flag asks for it. */
  script(text: string): void;
}

/** Makes the printer of one run. */
export function createPrinter(
  { format, isFormatGiven, stdout, color }: {
    readonly format: OutputFormat;
    readonly isFormatGiven: boolean;
    readonly stdout: Output;
    readonly color: boolean;
  },
): Printer {
  const bold = (text: string): string => color ? `\u001b[1m${text}\u001b[22m` : text;

  function printJson(data: unknown): void {
    if (format === "ndjson") {
      const lines = Array.isArray(data) ? data : [data];
      stdout.write(lines.map((line) => `${JSON.stringify(line, writableJson)}\n`).join(""));
    } else {
      stdout.write(`${JSON.stringify({ data }, writableJson, 2)}\n`);
    }
  }

  return {
    format,
    list(items, columns, empty = "There are none") {
      if (format !== "table") return printJson(items);
      stdout.write(items.length === 0 ? `${empty}\n` : tableText(items, columns, bold));
    },
    one(item, fields) {
      if (format === "table") stdout.write(recordText(fields));
      else printJson(item);
    },
    event(item, text) {
      stdout.write(`${format === "table" ? text : JSON.stringify(item, writableJson)}\n`);
    },
    text(text) {
      if (format === "table") stdout.write(text.endsWith("\n") ? text : `${text}\n`);
      else printJson({ text });
    },
    script(text) {
      if (isFormatGiven && format !== "table") printJson({ text });
      else stdout.write(text);
    },
  };
}

/** What JSON has no way to say, as text: the digits of a large integer, `NaN` and the infinities, bytes as base64. */
export function writableJson(_key: string, value: unknown): unknown {
  if (typeof value === "bigint") return value.toString();
  if (typeof value === "number" && !Number.isFinite(value)) return String(value);
  if (value instanceof Uint8Array) {
    return btoa(Array.from(value, (byte) => String.fromCharCode(byte)).join(""));
  }
  return value;
}
