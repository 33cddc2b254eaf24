import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createAura } from "../../mod.ts";
import { CREDENTIALS, fakeAura } from "./fake-aura.ts";

describe("createAura()", () => {
  test("createAura() sends nothing by itself", () => {
    const fake = fakeAura();
    createAura({ credentials: CREDENTIALS, fetch: fake.fetch });
    assert.equal(fake.signIns.length + fake.calls.length, 0);
  });

  test("createAura() has these calls", () => {
    const aura = createAura({ credentials: CREDENTIALS });
    const namesOf = (group: object): string[] => Object.keys(group).sort();
    assert.deepEqual(namesOf(aura), [
      "dataApis",
      "importJobs",
      "instances",
      "organizations",
      "projects",
      "request",
      "snapshots",
    ]);
    assert.deepEqual(namesOf(aura.instances), [
      "create",
      "delete",
      "get",
      "list",
      "overwrite",
      "pause",
      "resume",
      "sizing",
      "update",
      "upgrade",
      "waitFor",
    ]);
    assert.deepEqual(namesOf(aura.snapshots), ["create", "get", "list", "restore", "waitFor"]);
    assert.deepEqual(namesOf(aura.projects), ["get", "list", "metrics"]);
    assert.deepEqual(namesOf(aura.organizations), ["get", "list", "projects"]);
    assert.deepEqual(namesOf(aura.importJobs), ["cancel", "create", "get", "waitFor"]);
    assert.deepEqual(namesOf(aura.dataApis), [
      "authProviders",
      "create",
      "delete",
      "get",
      "list",
      "origins",
      "pause",
      "resume",
      "update",
      "waitFor",
    ]);
    assert.deepEqual(namesOf(aura.dataApis.authProviders), [
      "create",
      "delete",
      "get",
      "list",
      "update",
    ]);
    assert.deepEqual(namesOf(aura.dataApis.origins), ["add", "list", "remove"]);
  });
});
