/**
 * An answer of the Query API that ends after so many rows, however many the server sends: the rest is neither kept nor read.
 *
 * @see https://neo4j.com/docs/query-api/current/query/
 * @module
 */
import { OperateError } from "../operate-error.ts";

/** How much of an answer is wanted. */
export interface AnswerLimits {
  readonly maxRows: number;
  readonly maxBytes: number;
}

/** What was read. */
export interface CutAnswer {
  /** JSON: the whole answer, or one that ends behind the last row that was wanted. */
  readonly text: string;
  /** Why there is not more; undefined for the whole answer. */
  readonly cut: "rows" | "bytes" | undefined;
}

/** Where the rows stand: `{"data": {"fields": […], "values": [[…], …]}}`. */
const ROWS = ["data", "values"];

/**
 * Reads an answer to its end, or as far as it is wanted.
 *
 * @throws {OperateError} FAILED when not even one row fits
 */
export async function cutAnswer(
  body: ReadableStream<Uint8Array>,
  { maxRows, maxBytes }: AnswerLimits,
): Promise<CutAnswer> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  const rows = new RowFinder();
  let text = "";
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return { text: text + decoder.decode(), cut: undefined };
    bytes += value.length;
    const part = decoder.decode(value, { stream: true });
    rows.read(part, text.length, maxRows);
    text += part;
    const isFull = rows.count >= maxRows;
    if (!isFull && bytes <= maxBytes) continue;
    // Nobody waits for whoever does not want to hear it.
    reader.cancel().catch(() => {});
    if (rows.end === undefined) {
      throw new OperateError(
        "FAILED",
        `Cannot run the query: the first row alone has more than ${maxBytes} bytes`,
        "return less of it, single properties or a slice",
      );
    }
    return { text: `${text.slice(0, rows.end)}]}}`, cut: isFull ? "rows" : "bytes" };
  }
}

/** Finds the ends of rows in JSON that comes in pieces. */
class RowFinder {
  /** Rows that are complete. */
  count = 0;
  /** Behind the last complete one; undefined where there is none yet. */
  end: number | undefined;
  /** What is open, from the outside in: the key that leads there, or undefined for an item of a list. */
  readonly #open: (string | undefined)[] = [];
  readonly #isList: boolean[] = [];
  #key: string | undefined;
  #string: string | undefined;
  #escaped = false;
  #last = "";

  read(part: string, offset: number, maxRows: number): void {
    for (let at = 0; at < part.length && this.count < maxRows; at++) {
      const char = part.charAt(at);
      if (this.#string !== undefined) this.#inString(char);
      else if (char === '"') this.#string = "";
      else if (char === ":") this.#key = this.#last;
      else if (char === "{" || char === "[") {
        this.#open.push(this.#key);
        this.#isList.push(char === "[");
        this.#key = undefined;
      } else if (char === ",") this.#key = undefined;
      else if (char === "}" || char === "]") {
        if (this.#isRow()) {
          this.count += 1;
          this.end = offset + at + 1;
        }
        this.#open.pop();
        this.#isList.pop();
        this.#key = undefined;
      }
    }
  }

  #inString(char: string): void {
    if (this.#escaped) this.#escaped = false;
    else if (char === "\\") this.#escaped = true;
    else if (char === '"') {
      this.#last = this.#string ?? "";
      this.#string = undefined;
      return;
    }
    // Keys are short; of a long text nothing needs to be kept.
    if ((this.#string ?? "").length < 20) this.#string += char;
  }

  /** The outermost object has no key; then come data, values, and the row itself, which is an item. */
  #isRow(): boolean {
    const [, ...path] = this.#open;
    return path.length === 3 && path[0] === ROWS[0] && path[1] === ROWS[1] &&
      this.#isList.at(-1) === true;
  }
}
