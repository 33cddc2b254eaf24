import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import { keepStdoutClean } from "../../../mcp/serve/keep-stdout-clean.ts";
import { startLocalAura } from "../../../mcp/serve/local-aura.ts";
import { loadSettings } from "../../../src/config/load-settings.ts";

describe("startLocalAura()", () => {
  test("knows nothing of the files of this machine", async () => {
    const folder = await mkdtemp(join(tmpdir(), "aura-wake-mcp-"));
    await writeFile(
      join(folder, ".env"),
      [
        "AURA_ORGANIZATION_ID=real",
        "NEO4J_AURA_API_TOKEN=real",
        "AURA_WAKE_DB_PROD_USERNAME=neo4j",
        "AURA_WAKE_DB_PROD_PASSWORD=real",
        "AURA_WAKE_DB_PROD_URI=neo4j+s://real.databases.neo4j.io",
      ].join("\n"),
      { mode: 0o600 },
    );
    const { surroundings, close } = await startLocalAura({ cwd: folder, log() {} });
    try {
      const { organizationId, warnings, rows } = await loadSettings(surroundings);
      assert.equal(organizationId, undefined);
      assert.deepEqual(warnings, []);
      assert.ok(!JSON.stringify(rows).includes(".env"), JSON.stringify(rows));
      const { databaseCredentials } = await import("../../../src/config/database-credentials.ts");
      assert.ok("problem" in await databaseCredentials("prod", surroundings));
    } finally {
      await close();
      await rm(folder, { recursive: true });
    }
  });
});

describe("keepStdoutClean()", () => {
  test("sends whatever libraries print to standard error", () => {
    const printing = [
      ...["log", "info", "debug", "dir", "dirxml", "table", "group", "groupCollapsed"] as const,
      ...["count", "timeEnd", "timeLog"] as const,
    ];
    const before = { ...console };
    const told: unknown[] = [];
    try {
      keepStdoutClean();
      // deno-lint-ignore no-console
      console.error = (...words: unknown[]) => void told.push(words);
      // deno-lint-ignore no-console
      for (const method of printing) console[method](method);
    } finally {
      Object.assign(console, before);
    }
    assert.deepEqual(told, printing.map((method) => [method]));
  });
});
