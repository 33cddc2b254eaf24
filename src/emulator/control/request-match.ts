/**
 * Picks requests by method and path.
 *
 * @module
 */
import type { RecordedRequest } from "./recorded-request.ts";

/**
 * `"POST /v1/instances/:id/resume"`, where `:word` stands for one segment and a last `*` for any rest; the method may be left out.
 * A RegExp is tried on `"POST /v1/…"`.
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

function toPattern(match: string): RegExp {
  const [, method = "[A-Z]+", path = ""] = /^(?:([A-Z]+) )?(\/.*|\*)$/.exec(match) ?? [];
  if (path === "") {
    throw new TypeError(
      `Cannot match requests by "${match}": write "METHOD /path", as in "POST /v1/instances/:id/resume"`,
    );
  }
  const source = path.split("/").map((segment, index, segments) => {
    if (segment === "*" && index === segments.length - 1) return ".*";
    return segment.startsWith(":") ? "[^/]+" : segment.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
  }).join("/");
  return new RegExp(`^${method} ${source}$`);
}
