/**
 * What is wrong with arguments, in words by which a model can give the right ones.
 *
 * @module
 */
import type { z } from "zod";
import { nearest } from "../../src/operate/text/nearest.ts";
import { oneLine } from "../output/clean-text.ts";

type Issue = z.ZodError["issues"][number];

/** Says all of it, in one line. */
export function problemsIn(schema: z.ZodObject, given: unknown, { issues }: z.ZodError): string {
  return oneLine(issues.map((issue) => problemOf(schema, given, issue)).join("; "), { max: 1_000 });
}

function problemOf(schema: z.ZodObject, given: unknown, issue: Issue): string {
  const { path, message } = issue;
  if (issue.code === "unrecognized_keys" && path.length === 0) {
    return issue.keys.map((key) => unknownKey(key, Object.keys(schema.shape))).join("; ");
  }
  const told = message.replace(/^Invalid input: /, "");
  if (path.length === 0) return told;
  const name = path.join(".");
  if (valueAt(given, path) !== undefined) return `${name}: ${told}`;
  if (issue.code === "invalid_value") {
    return `${name} is missing: one of ${issue.values.join(", ")}`;
  }
  const { description } = schema.shape[String(path[0])] as { readonly description?: string };
  const isOwn = path.length === 1 && description !== undefined;
  return isOwn ? `${name} is missing: ${description}` : `${name} is missing`;
}

/** The closest one first. */
function unknownKey(key: string, names: readonly string[]): string {
  const known = new Set([...nearest(key, names, names.length), ...names]);
  const there = known.size === 0 ? "it takes none" : `there are ${[...known].join(", ")}`;
  return `there is no argument "${key}": ${there}`;
}

function valueAt(given: unknown, path: Issue["path"]): unknown {
  return path.reduce<unknown>(
    (at, key) => Object(at) === at ? (at as Record<PropertyKey, unknown>)[key] : undefined,
    given,
  );
}
