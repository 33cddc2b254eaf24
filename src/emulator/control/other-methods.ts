/**
 * What a path answers to a method that it does not have.
 *
 * @module
 */
import type { Hono } from "hono";
import { wrongMethod } from "./error-bodies.ts";

/** A known path with a method that it does not have is a 405. Called when all paths are there. */
export function refuseOtherMethods(api: Hono): void {
  const methodsByPath = new Map<string, string[]>();
  for (const { method, path } of api.routes) {
    methodsByPath.set(path, [...methodsByPath.get(path) ?? [], method]);
  }
  for (const [path, methods] of methodsByPath) api.all(path, () => wrongMethod(methods));
}
