/**
 * Reads what the Aura API says when it refuses: five JSON shapes, plain text, HTML, or nothing at all.
 *
 * @module
 */
import type { ApiProblem } from "./errors.ts";

/** No answer needs more, and a hostile one shall not fill a log. */
const MOST_PROBLEMS = 20;

/** Every member that one of the shapes uses. */
interface Shape {
  readonly message?: unknown;
  readonly reason?: unknown;
  readonly field?: unknown;
  readonly error?: unknown;
  readonly error_description?: unknown;
  readonly errors?: unknown;
}

/** The problems that a body names; none when it says nothing. The first one is the headline. */
export function parseErrorBody(text: string): ApiProblem[] {
  const problems: ApiProblem[] = [];
  try {
    const body: unknown = JSON.parse(text);
    const { errors } = Object(body) as Shape;
    collect(body, undefined, problems);
    collect(errors, "", problems);
  } catch {
    const plain = text.trim();
    if (plain) add(problems, plain[0] === "<" ? "an HTML page instead of JSON" : plain);
  }
  return problems;
}

/** Problems stand in lists, or in objects nested by field name (`{"allow_list":{"0":{"ip_range":["…"]}}}`). */
function collect(value: unknown, path: string | undefined, into: ApiProblem[]): void {
  if (typeof value === "string") return add(into, value, undefined, path);
  const shape = Object(value) as Shape;
  const error = asText(shape.error);
  const message = asText(shape.message) ?? asText(shape.error_description) ?? error;
  if (message !== undefined) {
    const reason = asText(shape.reason) ?? (error === message ? undefined : error);
    return add(into, message, reason, asText(shape.field) ?? path);
  }
  // Without a path this is the body itself: what else is in it (`data`) is no problem.
  if (path === undefined) return;
  for (const [key, inner] of Object.entries(shape)) {
    collect(inner, Array.isArray(value) ? path : path ? `${path}.${key}` : key, into);
  }
}

function add(into: ApiProblem[], message: string, reason?: string, field?: string): void {
  if (into.length < MOST_PROBLEMS) {
    into.push({
      message: message.replace(/\s+/g, " ").slice(0, 300),
      reason,
      field: field || undefined,
    });
  }
}

/** An empty text is as good as none: the API answers `"reason": ""`. */
function asText(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
