import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { dataFolder } from "../../src/config/folders.ts";
import { load, machine, originOf } from "./surroundings.ts";

describe("dataFolder()", () => {
  test("dataFolder() is where each system wants it", () => {
    assert.equal(dataFolder(machine({})), "/u/.local/share");
    assert.equal(dataFolder(machine({ variables: { XDG_DATA_HOME: "/data" } })), "/data");
    assert.equal(dataFolder(machine({ platform: "freebsd" })), "/u/.local/share");
    assert.equal(dataFolder(machine({ platform: "darwin" })), "/u/Library/Application Support");
    const windows = { platform: "win32", home: "C:\\Users\\u" };
    assert.equal(dataFolder(machine(windows)), "C:\\Users\\u\\AppData\\Local");
    const variables = { LOCALAPPDATA: "D:\\Local" };
    assert.equal(dataFolder(machine({ ...windows, variables })), "D:\\Local");
    assert.equal(dataFolder(machine({ home: undefined })), undefined);
  });
});

describe("journalPath", () => {
  test("journalPath is in the data folder", async () => {
    const { journalPath } = await load({});
    assert.equal(journalPath, "/u/.local/share/aura-wake/journal.sqlite");
    const { journalPath: onMac } = await load({ platform: "darwin" });
    assert.equal(onMac, "/u/Library/Application Support/aura-wake/journal.sqlite");
  });

  for (
    const [given, expected] of [
      ["/var/jobs.sqlite", "/var/jobs.sqlite"],
      ["jobs.sqlite", "/app/jobs.sqlite"],
      ["~/jobs.sqlite", "/u/jobs.sqlite"],
    ] as const
  ) {
    test(`journalPath is what AURA_WAKE_JOURNAL=${given} says, also in .env`, async () => {
      const variables = { AURA_WAKE_JOURNAL: given };
      assert.equal((await load({ variables })).journalPath, expected);
      const loaded = await load({ files: { "/app/.env": `AURA_WAKE_JOURNAL=${given}` } });
      assert.equal(loaded.journalPath, expected);
      assert.equal(originOf(loaded, "journal"), "AURA_WAKE_JOURNAL, .env line 1");
    });
  }
});
