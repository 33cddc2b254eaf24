/**
 * Bolt's messages: their tags, and the fields of those that a client sends.
 *
 * @see {@link https://neo4j.com/docs/bolt/current/bolt/message/ | Messages}
 * @module
 */
import { EngineError } from "../engine/engine.ts";
import { isMap } from "../engine/values.ts";
import { unpack } from "./packstream-decoder.ts";
import { PackStreamError, Structure } from "./structure.ts";
import { hydrate } from "./structures.ts";

/** What a client may ask, by tag. */
export const REQUESTS: Readonly<Record<number, RequestName>> = {
  0x01: "HELLO",
  0x02: "GOODBYE",
  0x0f: "RESET",
  0x10: "RUN",
  0x11: "BEGIN",
  0x12: "COMMIT",
  0x13: "ROLLBACK",
  0x2f: "DISCARD",
  0x3f: "PULL",
  0x54: "TELEMETRY",
  0x66: "ROUTE",
  0x6a: "LOGON",
  0x6b: "LOGOFF",
};

/** The name of a request. */
export type RequestName =
  | "HELLO"
  | "GOODBYE"
  | "RESET"
  | "RUN"
  | "BEGIN"
  | "COMMIT"
  | "ROLLBACK"
  | "DISCARD"
  | "PULL"
  | "TELEMETRY"
  | "ROUTE"
  | "LOGON"
  | "LOGOFF";

/** A message from a client. */
export interface BoltRequest {
  readonly name: RequestName;
  readonly fields: readonly unknown[];
}

/** The tags of the answers. */
export const SUCCESS = 0x70;
export const RECORD = 0x71;
export const IGNORED = 0x7e;
export const FAILURE = 0x7f;

/** The code for a message that is malformed or comes at the wrong time. */
export const INVALID_REQUEST = "Neo.ClientError.Request.Invalid";

/**
 * Reads a message.
 *
 * @throws {PackStreamError} when it is none
 */
export function readRequest(bytes: Uint8Array): BoltRequest {
  const message = unpack(
    bytes,
    (tag, fields, depth) => depth === 0 ? new Structure(tag, fields) : hydrate(tag, fields),
  );
  const name = message instanceof Structure ? REQUESTS[message.tag] : undefined;
  if (!(message instanceof Structure) || name === undefined) {
    throw new PackStreamError("Cannot read the message: it is none that Bolt 5.4 knows");
  }
  return { name, fields: message.fields };
}

/** The field at a place, which has to be a map; absent is empty. */
export function mapField(request: BoltRequest, index: number): Readonly<Record<string, unknown>> {
  const field = request.fields[index] ?? {};
  if (!isMap(field)) throw invalid(`${request.name} wants a map as field ${index + 1}`);
  return field;
}

/** The field at a place, which has to be a string. */
export function textField(request: BoltRequest, index: number): string {
  const field = request.fields[index];
  if (typeof field !== "string") {
    throw invalid(`${request.name} wants a string as field ${index + 1}`);
  }
  return field;
}

/** The entry of a map, which has to be a string or absent. */
export function textEntry(
  map: Readonly<Record<string, unknown>>,
  key: string,
): string | undefined {
  const entry = map[key] ?? undefined;
  if (entry !== undefined && typeof entry !== "string") throw invalid(`${key} has to be a string`);
  return entry;
}

/** The entry of a map, which has to be an integer or absent. */
export function integerEntry(
  map: Readonly<Record<string, unknown>>,
  key: string,
): number | undefined {
  const entry = map[key] ?? undefined;
  if (entry === undefined) return undefined;
  if (typeof entry !== "bigint") throw invalid(`${key} has to be an integer`);
  return Number(entry);
}

/** The failure for a message that cannot be accepted. */
export function invalid(message: string): EngineError {
  return new EngineError(INVALID_REQUEST, message);
}
