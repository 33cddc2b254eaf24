import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { importRemedy } from "../../src/imports/remedies.ts";

describe("importRemedy", () => {
  const known = [
    [
      "Aura instance is used in another import",
      "Aura runs one import at a time into an instance",
      "wait until the other import is done, then start it again",
    ],
    [
      "Import model data source id is required",
      "the model has no data source",
      "open the model in the Aura console, connect it to a data source and save it",
    ],
    [
      "Import model 66666666-7777-4888-8999-aaaaaaaaaaaa does not exist",
      "there is no such model in this project, or it was deleted",
      "copy the id from the model's address in the Aura console: …/tools/import/models/<id>",
    ],
    [
      "Model not found",
      "there is no such model in this project, or it was deleted",
      "copy the id from the model's address in the Aura console: …/tools/import/models/<id>",
    ],
    [
      "Authentication failed",
      "Aura could not sign in to the database, or to the data source",
      "give the database's user and password, which Free and Virtual Dedicated Cloud instances need; else check the login of the data source in the Aura console",
    ],
    [
      "The client is unauthorized due to authentication failure.",
      "Aura could not sign in to the database, or to the data source",
      "give the database's user and password, which Free and Virtual Dedicated Cloud instances need; else check the login of the data source in the Aura console",
    ],
    [
      "Data source authentication failed",
      "Aura could not sign in to the data source",
      "renew the login of the data source in the Aura console, then start it again",
    ],
    [
      "The instance a1b2c3d4 is paused",
      "the database was not running",
      "wake the instance, then start it again",
    ],
  ] as const;
  for (const [message, cause, remedy] of known) {
    test(`importRemedy() knows "${message}"`, () => {
      const found = importRemedy(message);
      assert.deepEqual([found?.cause, found?.remedy], [cause, remedy]);
    });
  }

  test("importRemedy() has no advice for what it does not know", () => {
    for (const message of ["", "Something else", "row 7 of orders has no id", "remodelled"]) {
      assert.equal(importRemedy(message), undefined);
    }
  });
});
