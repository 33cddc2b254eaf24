import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { client } from "./client.ts";
import { refusal } from "./fake-aura.ts";

/** Status, reason, the API's message, and what to do. */
const KNOWN: readonly (readonly [number, string, string, string])[] = [
  [
    400,
    "missing-billing-details",
    "You must provide billing details in the Aura Console before creating an instance",
    "add billing details in the Aura console",
  ],
  [
    400,
    "tenant-incapable-of-action",
    "This tenant has no instances eligible for metrics integration",
    "only projects with instances of a paid type have metrics",
  ],
  [
    400,
    "encryption-key-is-active",
    "Can not delete encryption key 1. The key is linked to an active instance.",
    "delete the instances that use the encryption key first",
  ],
  [
    400,
    "multi-database-tier-not-supported",
    "Multi-database instances are not supported by the provided tier",
    "choose a type that allows it, such as business-critical",
  ],
  [
    400,
    "validation-error",
    "The request body contains validation errors",
    "correct the fields named above",
  ],
  [
    400,
    "Required",
    "Import model data source id is required",
    "open the import model in the Aura console, complete and save it, then try again",
  ],
  [400, "Requested", "The job 1 has requested to cancel", "wait until the job has ended"],
  [
    402,
    "quota-exceeded",
    "User is not permitted to create any more instances of this type.",
    "delete an instance of this type, or ask Neo4j to raise the quota",
  ],
  [402, "", "pay", "check billing and quota in the Aura console"],
  [
    403,
    "unauthorized",
    "Insufficient permissions",
    "check that the user who made the API key has a role that allows this",
  ],
  [
    404,
    "db-not-found",
    "DB not found: a1b2c3d4",
    "check the instance id, and that the API key belongs to its project",
  ],
  [
    404,
    "tenant-not-found",
    "The tenant you specified could not be found",
    "check the project id, and that the API key may see it",
  ],
  [
    404,
    "snapshot-not-found",
    "Snapshot not found: 1",
    "list the snapshots of its day; old ones are deleted after some time",
  ],
  [
    404,
    "encryption-key-not-found",
    "Encryption Key not found: 1",
    "check the id of the encryption key, and its project",
  ],
  [
    404,
    "aura-database-not-found",
    "no such database",
    "check the database id, and that it belongs to this instance",
  ],
  [
    404,
    "Requested",
    "The job 1 does not exist",
    "check the job id, the organization and the project",
  ],
  [404, "", "nothing here", "check the ids, and that the API key may see what they name"],
  [
    409,
    "ongoing-database-operation",
    "The database is current undergoing an operation: resuming",
    "wait until the instance is running or paused, then try again",
  ],
  [
    409,
    "multi-db-only",
    "Only multi database Instances can add databases",
    "create an instance with multi_database, and add the database there",
  ],
  [
    409,
    "",
    "session `x` already exists for project 1 with different parameters: Memory",
    "use another name, or delete the session first",
  ],
  [409, "", "busy", "wait until what is under way has ended, then try again"],
  [420, "", "no", "this type of instance does not allow it"],
  [
    500,
    "",
    "Cannot clone database 1 into smaller database 2.",
    "give the target as much memory and storage as the source first",
  ],
  [400, "", "Snapshot 1 is not exportable", "choose a snapshot that is exportable"],
  [500, "", "trouble", "look whether it was carried out before you try again"],
  [
    200,
    "invalid-type-defs",
    "Unknown type",
    "correct the type definitions, then update the Data API",
  ],
  [
    200,
    "invalid-typedefs",
    "Unknown type",
    "correct the type definitions, then update the Data API",
  ],
];

describe("what an error says to do next", () => {
  for (const [status, reason, message, next] of KNOWN) {
    test(`request() knows it for ${status} ${reason} ${message}`, async () => {
      const { aura } = client(() => refusal(status, message, reason));
      await assert.rejects(aura.request("POST", "/v1/x"), (error: Error) => {
        assert.equal(error.message.split("; next: ")[1], next);
        return true;
      });
    });
  }

  test("request() knows it for a limit that is told by 405", async () => {
    const { aura } = client(() => refusal(405, "limit"));
    await assert.rejects(aura.request("POST", "/v1/instances"), {
      message: /; next: delete an instance of this type, or ask Neo4j to raise the quota$/,
    });
    await assert.rejects(aura.request("POST", "/v1/tenants"), /tenants$/);
  });

  test("request() says to try a GET again later", async () => {
    const { aura, clock } = client(() => refusal(503));
    await assert.rejects(clock.until(aura.projects.list()), {
      message:
        /; next: try again later; if it lasts, ask Neo4j's support and quote the request id$/,
    });
  });

  test("request() says of signing in what helps there", async () => {
    const expected = [
      [400, "check the client id and secret"],
      [401, "check the client id and secret; a key can be revoked in the Aura console"],
      [403, "check the client id and secret; a key can be revoked in the Aura console"],
      [404, "check the base URL and the token URL"],
      [503, "try again later; if it lasts, ask Neo4j's support and quote the request id"],
    ] as const;
    for (const [status, next] of expected) {
      const { aura, clock } = client(() => refusal(500), {
        credentials: { clientId: "id", clientSecret: "the-secret" },
        fetch: () => Promise.resolve(refusal(status)),
      });
      await assert.rejects(clock.until(aura.request("POST", "/v1/x")), (error: Error) => {
        assert.equal(error.message.split("; next: ")[1], next);
        return true;
      });
    }
  });

  test("request() knows nothing of a reason that is a word of the language", async () => {
    for (const reason of ["constructor", "toString", "__proto__"]) {
      const { aura } = client(() => refusal(418, "no", reason));
      await assert.rejects(aura.request("POST", "/v1/x"), {
        message: `Cannot call the Aura API: no (418 ${reason}), POST https://api.neo4j.io/v1/x`,
      });
    }
  });
});
