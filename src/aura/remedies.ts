/**
 * What to do about the problems that the API is known to name. Not part of `./hono`, which says it in its own words.
 *
 * @module
 */
import type { ApiErrorFacts } from "./errors.ts";

const CORRECT_SCHEMA = "correct the type definitions, then update the Data API";

const BY_REASON: Readonly<Record<string, string>> = {
  "db-not-found": "check the instance id, and that the API key belongs to its project",
  "tenant-not-found": "check the project id, and that the API key may see it",
  "snapshot-not-found": "list the snapshots of its day; old ones are deleted after some time",
  "encryption-key-not-found": "check the id of the encryption key, and its project",
  "aura-database-not-found": "check the database id, and that it belongs to this instance",
  "missing-billing-details": "add billing details in the Aura console",
  "quota-exceeded": "delete an instance of this type, or ask Neo4j to raise the quota",
  "tenant-incapable-of-action": "only projects with instances of a paid type have metrics",
  "encryption-key-is-active": "delete the instances that use the encryption key first",
  "multi-database-tier-not-supported": "choose a type that allows it, such as business-critical",
  "multi-db-only": "create an instance with multi_database, and add the database there",
  "ongoing-database-operation": "wait until the instance is running or paused, then try again",
  "validation-error": "correct the fields named above",
  "invalid-type-defs": CORRECT_SCHEMA,
  "invalid-typedefs": CORRECT_SCHEMA,
  // The two reasons of the import API, which say little by themselves.
  "Required": "open the import model in the Aura console, complete and save it, then try again",
  "Requested": "check the job id, the organization and the project",
};

/** What has no reason, or one that means several things. */
const BY_MESSAGE: readonly (readonly [RegExp, string])[] = [
  [/has requested to cancel/, "wait until the job has ended"],
  [/into smaller database/, "give the target as much memory and storage as the source first"],
  [/not exportable/, "choose a snapshot that is exportable"],
  [/with different parameters/, "use another name, or delete the session first"],
];

const BY_STATUS: Readonly<Record<number, string>> = {
  401: "check the client id and secret; a key can be revoked in the Aura console",
  402: "check billing and quota in the Aura console",
  403: "check that the user who made the API key has a role that allows this",
  404: "check the ids, and that the API key may see what they name",
  409: "wait until what is under way has ended, then try again",
  420: "this type of instance does not allow it",
  429:
    "wait a minute, then send fewer requests: the budget is shared with everybody who uses this API key",
};

const BY_SIGN_IN_STATUS: Readonly<Record<number, string>> = {
  400: "check the client id and secret",
  401: "check the client id and secret; a key can be revoked in the Aura console",
  403: "check the client id and secret; a key can be revoked in the Aura console",
  404: "check the base URL and the token URL",
};

/** What to do next about an error, where that is known. */
export function remedyFor(facts: ApiErrorFacts): string | undefined {
  const { status, reason = "", signIn, errors } = facts;
  if (signIn && BY_SIGN_IN_STATUS[status]) return BY_SIGN_IN_STATUS[status];
  const said = errors[0]?.message ?? "";
  const byMessage = BY_MESSAGE.find(([pattern]) => pattern.test(said))?.[1];
  if (byMessage) return byMessage;
  // An own one: the API may call its reason "constructor".
  if (Object.hasOwn(BY_REASON, reason)) return BY_REASON[reason];
  return BY_STATUS[status] ?? byMethod(facts);
}

function byMethod({ status, method, url, signIn }: ApiErrorFacts): string | undefined {
  if (status === 405 && method === "POST" && url.endsWith("/instances")) {
    return BY_REASON["quota-exceeded"];
  }
  if (status < 500) return undefined;
  return signIn || method === "GET"
    ? "try again later; if it lasts, ask Neo4j's support and quote the request id"
    : "look whether it was carried out before you try again";
}
