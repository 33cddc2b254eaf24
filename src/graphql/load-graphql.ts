/**
 * The package `graphql`, which reads type definitions. It is optional, and loaded when something is to be read.
 *
 * @module
 */

/** What the package has. */
export type GraphQl = typeof import("graphql");

/** How to get it. */
export const GRAPHQL_PACKAGE = "graphql@16";

/** Loads it; undefined where it is not installed. */
export async function loadGraphQl(): Promise<GraphQl | undefined> {
  try {
    return await import("graphql");
  } catch {
    return undefined;
  }
}
