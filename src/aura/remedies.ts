/**
 * What to do about the problems that the API is known to name. Not part of `./hono`, which says it in its own words.
 *
 * @module
 */
import type { ApiErrorFacts } from "./errors.ts";

const BY_REASON: Readonly<Record<string, string>> = {
  "db-not-found": "check the instance id, and that the API key belongs to its project",
  "tenant-not-found": "check the project id, and that the API key may see it",
  "missing-billing-details": "add billing details in the Aura console",
  "quota-exceeded": "delete an instance of this type, or ask Neo4j to raise the quota",
  "ongoing-database-operation": "wait until the instance is running or paused, then try again",
  "validation-error": "correct the fields named above",
};

const BY_STATUS: Readonly<Record<number, string>> = {
  401: "check the client id and secret; a key can be revoked in the Aura console",
  402: "check billing and quota in the Aura console",
  403: "check that the user who made the API key has a role that allows this",
  429: "send fewer requests a minute, or set requestsPerMinute lower",
};

/** What to do next about an error, where that is known. */
export function remedyFor({ reason, status }: ApiErrorFacts): string | undefined {
  return BY_REASON[reason ?? ""] ?? BY_STATUS[status];
}
