/**
 * What a request to the Query API asks for.
 *
 * @see {@link https://neo4j.com/docs/query-api/current/query/ | Query the database}
 * @module
 */
import { type AccessMode, EngineError } from "../engine/engine.ts";
import { isMap } from "../engine/values.ts";
import { parseJson } from "./json-text.ts";
import { fromTyped } from "./typed-values.ts";

/** A request, read. */
export interface QueryRequest {
  /** Empty when there is nothing to run. */
  readonly statement: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly access: AccessMode;
  readonly includeCounters: boolean;
}

/** Whether a media type is the one of typed JSON, of any version. */
export function isTypedJson(mediaType: string | undefined): boolean {
  return mediaType?.includes("application/vnd.neo4j.query") ?? false;
}

/**
 * Reads a request's body.
 *
 * @throws {EngineError} `Neo.ClientError.Request.Invalid`
 */
export function readQueryRequest(text: string, contentType: string | undefined): QueryRequest {
  const body = text.trim() === "" ? {} : bodyOf(text);
  const { statement = "", parameters = {}, accessMode = "Write", includeCounters = false } = body;
  if (typeof statement !== "string") throw invalid("statement has to be a string");
  if (!isMap(parameters ?? {})) throw invalid("parameters has to be an object");
  if (typeof accessMode !== "string" || !/^(?:read|write)$/i.test(accessMode)) {
    throw invalid("accessMode has to be Read or Write");
  }
  return {
    statement,
    parameters: isTypedJson(contentType)
      ? typedParameters(parameters as Record<string, unknown>)
      : (parameters as Record<string, unknown> | null) ?? {},
    access: accessMode.toLowerCase() === "read" ? "read" : "write",
    includeCounters: includeCounters === true,
  };
}

function bodyOf(text: string): Record<string, unknown> {
  let body: unknown;
  try {
    body = parseJson(text);
  } catch (cause) {
    throw new EngineError("Neo.ClientError.Request.InvalidFormat", "The body is not JSON", {
      cause,
    });
  }
  if (!isMap(body)) throw invalid("the body has to be an object");
  return body;
}

function typedParameters(parameters: Record<string, unknown> | null): Record<string, unknown> {
  try {
    return Object.fromEntries(
      Object.entries(parameters ?? {}).map(([name, value]) => [name, fromTyped(value)]),
    );
  } catch (error) {
    throw invalid(error instanceof Error ? error.message : String(error));
  }
}

function invalid(message: string): EngineError {
  return new EngineError("Neo.ClientError.Request.Invalid", message);
}
