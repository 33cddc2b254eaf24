/**
 * Lists in pages. The API gives whole lists, so a cursor is a place in one, and knows how long that one was.
 *
 * @see https://modelcontextprotocol.io/specification/2025-11-25/server/utilities/pagination
 * @module
 */
import { OperateError } from "../../src/operate/operate-error.ts";
import { decodeBase64Url, encodeBase64Url } from "./base64url.ts";

/** Which part is wanted. */
export interface PageOptions {
  readonly limit: number;
  /** `next_cursor` of the page before. @default the beginning */
  readonly cursor?: string | undefined;
}

/** A part of a list. */
export interface Page<Item> {
  readonly items: Item[];
  /** There is more. */
  readonly next_cursor?: string;
  /** How long the whole list is. */
  readonly total: number;
}

/** A place in a list. */
export interface Place {
  readonly offset: number;
  readonly total: number;
}

/**
 * Gives one page.
 *
 * @throws {OperateError} VALIDATION for a cursor that this list has not given
 */
export function page<Item>(
  items: readonly Item[],
  { limit, cursor }: PageOptions,
): Page<Item> {
  const total = items.length;
  const offset = cursor === undefined ? 0 : offsetOf(cursor, total);
  const end = offset + Math.max(1, Math.floor(limit));
  return {
    items: items.slice(offset, end),
    total,
    ...(end < total && { next_cursor: cursorOf({ offset: end, total }) }),
  };
}

/** The cursor of a place. */
export function cursorOf({ offset, total }: Place): string {
  return encodeBase64Url(new TextEncoder().encode(`${offset}.${total}`));
}

/** The place of a cursor; undefined when it is none of ours. */
export function placeOf(cursor: string): Place | undefined {
  const text = new TextDecoder().decode(decodeBase64Url(cursor));
  const [, offset, total] = /^(\d{1,9})\.(\d{1,9})$/.exec(text) ?? [];
  return offset === undefined ? undefined : { offset: Number(offset), total: Number(total) };
}

function offsetOf(cursor: string, total: number): number {
  const place = placeOf(cursor);
  if (place === undefined || place.offset > place.total) {
    throw new OperateError(
      "VALIDATION",
      "Cannot go on in the list: the cursor is none that was given",
      "give next_cursor of the page before as it is, or leave cursor out to begin",
    );
  }
  // Somebody added or removed something: what stands at that place now is not what comes next.
  if (place.total !== total) {
    throw new OperateError(
      "VALIDATION",
      `Cannot go on in the list: it has ${total} rows now, and had ${place.total}`,
      "leave cursor out to begin again",
    );
  }
  return place.offset;
}
