import assert from "node:assert/strict";
import { platform } from "node:process";
import { after, before, describe, test } from "node:test";
import { type Emulator, startEmulator } from "../../src/emulator/mod.ts";
import { type AuraCli, openAuraCli } from "./aura-cli.ts";
import { findCommand } from "./find-command.ts";

const ORGANIZATION = "22222222-3333-4444-8555-666666666666";
const PROJECT = "11111111-2222-4333-8444-555555555555";
const OWNER = ["--organization-id", ORGANIZATION, "--project-id", PROJECT];
/** It asks for the first time after 20 s. */
const PATIENT = { timeout: 29_000 };

// Elsewhere it keeps its files where no variable leads away from: the user's own would be changed.
const binary = platform === "linux" ? await findCommand("aura-cli", "AURA_CLI") : undefined;

type Data = Record<string, unknown> & { id: string };

function dataOf({ json }: { readonly json: unknown }): Data {
  return (json as { data: Data }).data;
}

/** The message of a command that fails. */
async function failure(run: Promise<unknown>): Promise<string> {
  return await run.then(() => "", (error: unknown) => String(error));
}

function declareTests(path: string): void {
  describe("the official aura-cli", () => {
    let emulator: Emulator;
    let cli: AuraCli;

    before(async () => {
      emulator = await startEmulator({
        instances: [
          { id: "a1b2c3d4", name: "orders", type: "professional-db", engine: "grafeo" },
          { id: "b2c3d4e5", name: "toys", type: "professional-db", status: "paused" },
        ],
        pauseMs: 2_000,
        resumeMs: 50,
        dataApiMs: 50,
        snapshotMs: 50,
        importMs: 200,
      });
      cli = await openAuraCli(path, emulator);
    });
    after(async () => {
      await cli?.[Symbol.asyncDispose]();
      await emulator.close();
    });

    test("tenants and instances: list and get", PATIENT, async () => {
      const tenants = await cli.run("tenant", "list");
      assert.deepEqual(tenants.json, { data: [{ id: PROJECT, name: "Local" }] });
      assert.equal(dataOf(await cli.run("tenant", "get", PROJECT)).id, PROJECT);
      const list = await cli.run("instance", "list");
      const { data } = list.json as { data: Data[] };
      assert.deepEqual(data.map(({ id, name }) => [id, name]), [
        ["a1b2c3d4", "orders"],
        ["b2c3d4e5", "toys"],
      ]);
      const one = dataOf(await cli.run("instance", "get", "a1b2c3d4"));
      assert.equal(one["status"], "running");
      assert.equal(one["type"], "professional-db");
      const table = await cli.run("instance", "get", "a1b2c3d4", "--output", "table");
      assert.match(table.text, /a1b2c3d4 │ orders/);
      assert.match(
        await failure(cli.run("instance", "get", "deadbeef")),
        /Error: \[DB not found: deadbeef\]/,
      );
    });

    test(
      "instance pause; and, waiting: instance resume, data-api graphql create, snapshot create",
      PATIENT,
      async () => {
        const paused = await cli.run("instance", "pause", "a1b2c3d4");
        assert.equal(dataOf(paused)["status"], "pausing");
        assert.match(
          await failure(cli.run("instance", "pause", "a1b2c3d4")),
          /Error: \[The database is current undergoing an operation: pausing\]/,
        );
        await emulator.resume("a1b2c3d4");
        const password = emulator.env()["NEO4J_PASSWORD"] ?? "";
        const [resumed, created, snapshot] = await Promise.all([
          cli.run("instance", "resume", "b2c3d4e5", "--await"),
          cli.run(
            ...["data-api", "graphql", "create", "--instance-id", "a1b2c3d4", "--name", "movies"],
            ...["--instance-username", "neo4j", "--instance-password", password],
            ...["--type-definitions", btoa("type Movie { title: Strig }"), "--await"],
          ),
          cli.run("instance", "snapshot", "create", "--instance-id", "a1b2c3d4", "--await"),
        ]);
        assert.equal(dataOf(resumed)["status"], "resuming");
        assert.match(resumed.text, /Instance Status: running/);
        assert.equal(dataOf(created)["status"], "creating");
        assert.match(created.text, /GraphQL Data API Status: error/);
        assert.match(snapshot.text, /Snapshot Status: Completed/);
        assert.equal(emulator.status("b2c3d4e5"), "running");
      },
    );

    test(
      "data-api graphql: get, list, update, auth-provider, origins, pause and delete",
      PATIENT,
      async () => {
        const graphql = ["data-api", "graphql"];
        const instance = ["--instance-id", "a1b2c3d4"];
        const ready = async (): Promise<void> => {
          const isUnder = async (): Promise<boolean> =>
            /ing"/.test((await cli.run(...graphql, "list", ...instance)).text);
          while (await isUnder()) await new Promise((resolve) => setTimeout(resolve, 20));
        };
        const created = dataOf(
          await cli.run(
            ...[...graphql, "create", ...instance, "--name", "films"],
            ...["--instance-username", "neo4j", "--instance-password", "secret"],
            ...["--type-definitions", btoa("type Film { title: Strig }")],
          ),
        );
        const { id } = created;
        const [provider] = created["authentication_providers"] as [Record<string, unknown>];
        assert.match(provider["key"] as string, /^[A-Za-z0-9]{32}$/);
        await ready();

        const wrong = await cli.run(...graphql, "get", id, ...instance);
        assert.equal(dataOf(wrong)["status"], "error");
        assert.deepEqual((wrong.json as { errors: unknown }).errors, [{
          message: 'Unknown type "Strig". Did you mean "String"?',
          reason: "invalid-type-defs",
        }]);
        const good = ["--type-definitions", btoa("type Film { title: String }")];
        const updated = await cli.run(...graphql, "update", id, ...instance, ...good);
        assert.equal(dataOf(updated)["status"], "updating");
        await ready();
        const right = await cli.run(...graphql, "get", id, ...instance);
        assert.equal(dataOf(right)["status"], "ready");

        const api = [...instance, "--data-api-id", id];
        const key = dataOf(
          await cli.run(
            ...[...graphql, "auth-provider", "create", ...api],
            ...["--type", "api-key", "--name", "admin"],
          ),
        );
        assert.match(key["key"] as string, /^[A-Za-z0-9]{32}$/);
        await ready();
        const providers = await cli.run(...graphql, "auth-provider", "list", ...api);
        const { data } = providers.json as { data: Data[] };
        assert.deepEqual(data.map(({ name }) => name), ["default", "admin"]);
        const removed = await cli.run(...graphql, "auth-provider", "delete", key.id, ...api);
        assert.equal(dataOf(removed).id, key.id);
        await ready();

        const origins = [...graphql, "cors-policy", "allowed-origin"];
        const added = await cli.run(...origins, "add", "https://app.example.com", ...api);
        assert.match(added.text, /New allowed origins: \["https:\/\/app\.example\.com"\]/);
        await ready();
        const emptied = await cli.run(...origins, "remove", "https://app.example.com", ...api);
        assert.match(emptied.text, /New allowed origins: \[\]/);
        await ready();

        const paused = await cli.run(...graphql, "pause", id, ...instance);
        assert.equal(dataOf(paused)["status"], "pausing");
        const deleted = await cli.run(...graphql, "delete", id, ...instance);
        assert.equal(dataOf(deleted)["status"], "deleting");
      },
    );

    test("import job: create, get and cancel", PATIENT, async () => {
      const job = ["import", "job"];
      const model = ["--import-model-id", "66666666-7777-4888-8999-aaaaaaaaaaaa"];
      emulator.scriptImport({
        outcome: "Success",
        durationMs: 100,
        cypher: "CREATE (:Customer)-[:PLACED]->(:Order)",
      });
      const { id } = dataOf(
        await cli.run(...job, "create", ...OWNER, ...model, "--db-id", "a1b2c3d4"),
      );
      while (emulator.importJobs().some(({ state }) => state !== "Completed")) {
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      const done = dataOf(await cli.run(...job, "get", id, ...OWNER, "--progress"));
      assert.equal(done["import_type"], "online");
      const { state, percentage_complete: percentage, exit_status: exit } = done["info"] as Record<
        string,
        unknown
      >;
      assert.deepEqual([state, percentage, exit], [
        "Completed",
        100,
        { state: "Success", message: "" },
      ]);
      const table = await cli.run(...job, "get", id, ...OWNER, "--progress", "--output", "table");
      assert.match(table.text, /Completed +│ Success +│ 100 +│ LOCAL_DATA_SOURCE │ a1b2c3d4/);
      assert.match(table.text, /# Relationships progress:/);

      emulator.scriptImport({ outcome: "Success", durationMs: 60_000 });
      const long = dataOf(
        await cli.run(...job, "create", ...OWNER, ...model, "--db-id", "a1b2c3d4"),
      );
      const early = await cli.run(...job, "get", long.id, ...OWNER, "--output", "table");
      assert.match(early.text, /SecretCreated/);
      const cancelled = await cli.run(...job, "cancel", long.id, ...OWNER);
      assert.deepEqual(cancelled.json, { data: { id: long.id } });
      assert.match(
        await failure(cli.run(...job, "cancel", long.id, ...OWNER)),
        /Error: \[The job \S+ has requested to cancel\]/,
      );
      assert.match(
        await failure(cli.run(...job, "get", "87d485b4", ...OWNER)),
        /Error: \[The job 87d485b4 does not exist\]/,
      );
    });
  });
}

if (binary === undefined) {
  test("aura-cli is not installed: AURA_CLI may say where it is", () => {
    assert.equal(binary, undefined);
  });
} else {
  declareTests(binary);
}
