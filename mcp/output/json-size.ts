/**
 * How many bytes a value takes as JSON, part by part, without writing it down.
 *
 * @module
 */

/** A part of a JSON value that can be made smaller. `bytes` is its size as it stands now. */
export type SizedPart = SizedList | SizedMap | SizedText | SizedRest;

/** An array. */
export interface SizedList {
  readonly kind: "list";
  bytes: number;
  readonly parts: SizedPart[];
}

/** An object. */
export interface SizedMap {
  readonly kind: "map";
  bytes: number;
  readonly parts: Map<string, SizedPart>;
}

/** A string. */
export interface SizedText {
  readonly kind: "text";
  bytes: number;
  text: string;
}

/** A number, a boolean, null. */
export interface SizedRest {
  readonly kind: "rest";
  readonly bytes: number;
  readonly value: unknown;
}

/** Measures a JSON value. */
export function sized(value: unknown): SizedPart {
  if (typeof value === "string") return { kind: "text", text: value, bytes: textBytes(value) };
  if (typeof value !== "object" || value === null) {
    return { kind: "rest", value, bytes: JSON.stringify(value)?.length ?? 4 };
  }
  // Two brackets, and a comma between two members.
  if (Array.isArray(value)) {
    const parts = value.map(sized);
    const bytes = parts.reduce((sum, part) => sum + part.bytes + 1, parts.length === 0 ? 2 : 1);
    return { kind: "list", parts, bytes };
  }
  const members = new Map<string, SizedPart>();
  let bytes = 1;
  for (const [key, member] of Object.entries(value)) {
    if (member === undefined) continue;
    const part = sized(member);
    members.set(key, part);
    bytes += memberBytes(key, part);
  }
  return { kind: "map", parts: members, bytes: members.size === 0 ? 2 : bytes };
}

/** A member of an object with its key, the colon, and what parts it from the next. */
export function memberBytes(key: string, { bytes }: SizedPart): number {
  return textBytes(key) + 1 + bytes + 1;
}

/** The value again. */
export function unsized(part: SizedPart): unknown {
  switch (part.kind) {
    case "list":
      return part.parts.map(unsized);
    case "map":
      return Object.fromEntries([...part.parts].map(([key, member]) => [key, unsized(member)]));
    case "text":
      return part.text;
    case "rest":
      return part.value;
  }
}

/** A text as JSON, quotes included. */
export function textBytes(text: string): number {
  let bytes = 2;
  for (let at = 0; at < text.length; at++) {
    const taken = charBytes(text, at);
    bytes += taken;
    // The second half of the pair is in it.
    if (taken === 4) at++;
  }
  return bytes;
}

/** The longest beginning of a text that takes no more, quotes included; never half a character. */
export function textWithin(text: string, maxBytes: number): string {
  let bytes = 2;
  for (let at = 0; at < text.length;) {
    const taken = charBytes(text, at);
    bytes += taken;
    if (bytes > maxBytes) return text.slice(0, at);
    at += taken === 4 ? 2 : 1;
  }
  return text;
}

/** The character at a place, as JSON in UTF-8. 4 is always a pair of surrogates. */
function charBytes(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code < 0x20) return /[\b\t\n\f\r]/.test(text.charAt(at)) ? 2 : 6;
  if (code < 0x80) return code === 0x22 || code === 0x5c ? 2 : 1;
  if (code < 0x800) return 2;
  if (code < 0xd800 || code > 0xdfff) return 3;
  const next = text.charCodeAt(at + 1);
  const isPair = code < 0xdc00 && next >= 0xdc00 && next <= 0xdfff;
  // JSON.stringify() escapes the half of one.
  return isPair ? 4 : 6;
}
