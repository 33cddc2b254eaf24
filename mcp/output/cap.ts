/**
 * Results that fit into a conversation: what is too long is shortened where it is longest, and it says so.
 *
 * @module
 */
import {
  memberBytes,
  sized,
  type SizedList,
  type SizedMap,
  type SizedPart,
  type SizedText,
  textWithin,
  unsized,
} from "./json-size.ts";
import { oneLine } from "./clean-text.ts";
import { cursorOf, placeOf } from "./page.ts";

/** What came of it. */
export interface Capped {
  readonly result: Record<string, unknown>;
  readonly truncated: boolean;
  /** "instances 50 → 31" */
  readonly what?: string;
}

/** What whoever shortened it adds to say so. */
const ROOM_BYTES = 512;
/** A text is not cut below this. */
const SHORTEST_TEXT_BYTES = 64;
/** An object with more members is no record of ours, but a map that may lose some. */
const MOST_FIELDS = 100;
const ELLIPSIS = "…";

/** One shortening, under what it is called. */
interface Cut {
  readonly from: number;
  readonly to: number;
  readonly isText: boolean;
}

/**
 * Gives the result in at most `maxBytes` of JSON. The longest list loses items from its end, the longest text its end; where that
 * cost rows of a page, its `next_cursor` leads to the first of them.
 *
 * @default maxBytes 32_768
 */
export function capResult(result: Record<string, unknown>, maxBytes: number = 32_768): Capped {
  // No character takes more than three bytes for each of its UTF-16 units: most results need no measuring.
  if (JSON.stringify(result).length * 3 <= maxBytes) return { result, truncated: false };
  const root = sized(result) as SizedMap;
  if (root.bytes <= maxBytes) return { result, truncated: false };
  const room = Math.max(maxBytes - ROOM_BYTES, Math.ceil(maxBytes / 2));
  const cuts = new Map<string, Cut>();
  while (root.bytes > room) {
    let path = longestPath(root, MOST_FIELDS);
    // Records in records: fields of theirs are all that is left to take.
    if (path.length === 0) path = longestPath(root, 0);
    const target = path.at(-1)?.part;
    if (target === undefined || target.kind === "rest") break;
    const name = path.slice(1).map(({ key }) => key).join("");
    const before = lengthOf(target);
    // By half at most, so that of two long ones neither pays for both.
    const saved = shorten(target, Math.min(root.bytes - room, Math.ceil(target.bytes / 2)));
    // Every part around it is as much smaller.
    for (const { part } of path.slice(0, -1)) (part as SizedMap | SizedList).bytes -= saved;
    cuts.set(name, {
      from: cuts.get(name)?.from ?? before,
      to: lengthOf(target),
      isText: target.kind === "text",
    });
  }
  const capped = unsized(root) as Record<string, unknown>;
  return {
    result: withCursorBack(capped, cuts),
    truncated: true,
    what: [...cuts].slice(0, 5).map(cutText).join(", "),
  };
}

interface Step {
  readonly key: string;
  readonly part: SizedPart;
}

/** The way to what should be shortened: down into the largest part, as long as one stands out. Empty when nothing can be. */
function longestPath(root: SizedMap, mostFields: number): Step[] {
  const path: Step[] = [{ key: "", part: root }];
  for (let at: SizedPart = root;;) {
    const next = largestMember(at, mostFields);
    if (next === undefined || !standsOut(next.part, at, at === root ? Infinity : mostFields)) break;
    path.push(next);
    at = next.part;
  }
  return path.length === 1 ? [] : path;
}

/** A list of many like things loses some; one huge thing in it is made smaller itself, and so is what is in a record. */
function standsOut(member: SizedPart, within: SizedPart, mostFields: number): boolean {
  if (within.kind === "map" && within.parts.size <= mostFields) return true;
  return member.bytes > within.bytes / 2;
}

function largestMember(part: SizedPart, mostFields: number): Step | undefined {
  let largest: Step | undefined;
  const consider = (key: string, member: SizedPart): void => {
    if (member.bytes > (largest?.part.bytes ?? 0) && canShrink(member, mostFields)) {
      largest = { key, part: member };
    }
  };
  if (part.kind === "list") {
    part.parts.forEach((member, index) => consider(`[${index}]`, member));
  } else if (part.kind === "map") {
    for (const [key, member] of part.parts) consider(`.${key}`, member);
  }
  return largest;
}

function canShrink(part: SizedPart, mostFields: number): boolean {
  switch (part.kind) {
    case "text":
      return part.bytes > SHORTEST_TEXT_BYTES;
    case "list":
      return part.parts.length > 0;
    case "map":
      return part.parts.size > mostFields ||
        [...part.parts.values()].some((member) => canShrink(member, mostFields));
    case "rest":
      return false;
  }
}

function lengthOf(part: SizedPart): number {
  if (part.kind === "text") return part.text.length;
  if (part.kind === "list") return part.parts.length;
  return part.kind === "map" ? part.parts.size : 0;
}

/** Makes it smaller by at least so much, or as small as it gets. Answers by how much. */
function shorten(part: SizedText | SizedList | SizedMap, excess: number): number {
  const before = part.bytes;
  if (part.kind === "text") shortenText(part, before - excess);
  else if (part.kind === "list") shortenList(part, before - excess);
  else shortenMap(part, before - excess);
  return before - part.bytes;
}

function shortenText(part: SizedText, wanted: number): void {
  const ellipsisBytes = 3;
  const most = Math.max(SHORTEST_TEXT_BYTES, wanted) - ellipsisBytes;
  const { text } = part;
  part.text = textWithin(text, most) + ELLIPSIS;
  part.bytes = sized(part.text).bytes;
}

function shortenList(part: SizedList, wanted: number): void {
  while (part.bytes > wanted) {
    const dropped = part.parts.pop();
    if (dropped === undefined) return;
    part.bytes = part.parts.length === 0 ? 2 : part.bytes - dropped.bytes - 1;
  }
}

function shortenMap(part: SizedMap, wanted: number): void {
  for (const [key, member] of [...part.parts].reverse()) {
    if (part.bytes <= wanted) return;
    part.parts.delete(key);
    part.bytes = part.parts.size === 0 ? 2 : part.bytes - memberBytes(key, member);
  }
}

/** "instances 50 → 31", "type_definitions cut to 30000 of 90000 characters" */
function cutText([name, { from, to, isText }]: [string, Cut]): string {
  const told = oneLine(name.replace(/^\./, ""), { max: 100 });
  return isText ? `${told} cut to ${to} of ${from} characters` : `${told} ${from} → ${to}`;
}

/** The rows that a page lost come with the next one. */
function withCursorBack(
  result: Record<string, unknown>,
  cuts: ReadonlyMap<string, Cut>,
): Record<string, unknown> {
  const lists = [...cuts].filter(([name, { isText }]) => !isText && /^\.[^.[]+$/.test(name));
  const [[, cut] = []] = lists;
  const { next_cursor: next, total } = result;
  if (cut === undefined || lists.length > 1 || cut.to === 0 || typeof total !== "number") {
    return result;
  }
  const end = typeof next === "string" ? placeOf(next)?.offset : total;
  if (end === undefined || end < cut.from) return result;
  return { ...result, next_cursor: cursorOf({ offset: end - cut.from + cut.to, total }) };
}
