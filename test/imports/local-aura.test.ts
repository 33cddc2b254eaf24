import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import { createAura } from "../../mod.ts";
import { startEmulator } from "../../src/emulator/mod.ts";
import { createImports } from "../../src/imports/create-imports.ts";
import { findOrganization } from "../../src/imports/locate.ts";
import { importRemedy } from "../../src/imports/remedies.ts";
import { openSqlite } from "../../src/store/sqlite.ts";
import { MODEL } from "./setup.ts";

describe("imports on the local Aura", () => {
  test("start() and waitFor() tell how three jobs end, and all are remembered", async () => {
    const folder = await mkdtemp(join(tmpdir(), "aura-wake-imports-"));
    const emulator = await startEmulator({ importMs: 150 });
    const { journal, close } = await openSqlite(join(folder, "state.sqlite"));
    try {
      const [{ id: instanceId } = { id: "" }] = emulator.instances();
      const env = emulator.env(instanceId);
      const aura = createAura({
        baseUrl: emulator.url,
        credentials: {
          clientId: String(env["AURA_CLIENT_ID"]),
          clientSecret: String(env["AURA_CLIENT_SECRET"]),
        },
      });
      const imports = createImports({ aura, journal });
      const { tenant_id: projectId } = await aura.instances.get(instanceId);
      const project = { projectId, organizationId: await findOrganization(aura, projectId) };
      const login = {
        username: String(env["NEO4J_USERNAME"]),
        password: String(env["NEO4J_PASSWORD"]),
      };
      const wanted = { ...project, instanceId, modelId: MODEL, login };
      const first = await imports.start(wanted);
      const second = await imports.start(wanted);
      const options = { intervalMs: 50, deadlineMs: 20_000 };
      const { record } = await imports.waitFor(first.jobId, options);
      assert.equal(record?.state, "success");
      await assert.rejects(imports.waitFor(second.jobId, options), { code: "AURA_WAIT_FAILED" });
      // A Free instance needs a login.
      const third = await imports.start({ ...wanted, login: undefined });
      await assert.rejects(imports.waitFor(third.jobId, options), { code: "AURA_WAIT_FAILED" });
      const { records } = await imports.list({ refresh: true, instanceId });
      const kept = Object.fromEntries(records.map((each) => [each.jobId, each]));
      assert.equal(kept[first.jobId]?.state, "success");
      assert.equal(kept[first.jobId]?.percent, 100);
      assert.equal(kept[second.jobId]?.state, "failure");
      const remedies = [second, third].map(({ jobId }) =>
        importRemedy(String(kept[jobId]?.message))?.remedy.slice(0, 20)
      );
      assert.deepEqual(remedies, ["wait until the other", "give the database's "]);
    } finally {
      close();
      await emulator.close();
      await rm(folder, { recursive: true, force: true });
    }
  });
});
