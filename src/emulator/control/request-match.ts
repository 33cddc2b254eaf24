/**
 * Picks requests by method and path.
 *
 * @module
 */
import type { RecordedRequest } from "./recorded-request.ts";

/**
 * `"POST /v1/instances/:id/resume"`, where `:word` stands for one segment and a last `*` for any rest; the method may
 * be left out. A RegExp is tried on `"POST /v1/…"`.
 */
export type RequestMatch = string | RegExp | ((request: RecordedRequest) => boolean);

/** Makes a predicate of a match; without one, everything fits. */
export function matcher(match: RequestMatch | undefined): (request: RecordedRequest) => boolean {
  if (match === undefined) return () => true;
  if (typeof match === "function") return match;
  const pattern = typeof match === "string" ? toPattern(match) : match;
  // A RegExp with the flag g or y remembers where it was: search() does not.
  return (request) => `${request.method} ${request.path}`.search(pattern) >= 0;
}

/**
 * Says so when nobody would ever answer what a text describes; a RegExp and a function can be anything.
 *
 * @throws {TypeError} for a text that cannot be read, or names none of the paths
 */
export function checkServed(match: RequestMatch, paths: readonly string[]): void {
  if (typeof match !== "string") return;
  const { path } = readMatch(match);
  if (paths.some((served) => couldBe(served.split("/"), path.split("/")))) return;
  throw new TypeError(
    `Cannot order a fault for "${match}": neither the API nor the Query API has such a path`,
  );
}

function couldBe(served: readonly string[], wanted: readonly string[]): boolean {
  const isOpen = wanted.at(-1) === "*";
  const fixed = isOpen ? wanted.slice(0, -1) : wanted;
  if (isOpen ? served.length < wanted.length : served.length !== wanted.length) return false;
  return fixed.every((segment, index) =>
    segment === served[index] || segment.startsWith(":") || served[index]?.startsWith(":")
  );
}

function readMatch(match: string): { method: string; path: string } {
  const [, method = "[A-Z]+", path = ""] = /^(?:([A-Z]+) )?(\/.*|\*)$/.exec(match) ?? [];
  if (path === "") {
    throw new TypeError(
      `Cannot match requests by "${match}": write "METHOD /path", as in "POST /v1/instances/:id/resume"`,
    );
  }
  return { method, path };
}

function toPattern(match: string): RegExp {
  const { method, path } = readMatch(match);
  const source = path.split("/").map((segment, index, segments) => {
    if (segment === "*" && index === segments.length - 1) return ".*";
    return segment.startsWith(":") ? "[^/]+" : segment.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
  }).join("/");
  return new RegExp(`^${method} ${source}$`);
}
