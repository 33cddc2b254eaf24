import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, readFile, rm, rmdir, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import {
  cannedEngine,
  type EmulatorOptions,
  type Engine,
  startEmulator,
} from "../../../src/emulator/mod.ts";
import { apiStatus, signIn } from "./api-client.ts";
import { query, titles } from "./graph.ts";
import { startToKill } from "./killed-emulator.ts";

const heat = "CREATE (:Movie {title: 'Heat'})";
const paid = {
  id: "a1b2c3d4",
  name: "orders",
  type: "professional-db",
  memory: "4GB",
  cypher: heat,
} as const;
const path = "/v1/instances/a1b2c3d4";

/** Runs with a directory that is removed afterwards. */
async function withDirectory(run: (directory: string) => Promise<void>): Promise<void> {
  const parent = await mkdtemp(join(tmpdir(), "aura-wake-persist-"));
  try {
    await run(join(parent, "aura"));
  } finally {
    await rm(parent, { recursive: true, force: true });
  }
}

function data(body: unknown): Record<string, unknown> {
  return (body as { data: Record<string, unknown> }).data;
}

/** The id of what was just made. */
function idOf(body: unknown, key: string = "id"): string {
  return String(data(body)[key]);
}

async function contents(directory: string): Promise<Record<string, string>> {
  const names = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile()).map((entry) =>
    join(entry.parentPath, entry.name)
  );
  return Object.fromEntries(
    await Promise.all(
      files.map(async (file) => [file, (await readFile(file)).toString("base64")] as const),
    ),
  );
}

describe("persist", () => {
  test("all comes back after kill -9: instances, status, logins, tenants, snapshots, graphs", async () => {
    await withDirectory(async (persist) => {
      const options: EmulatorOptions = {
        persist,
        createMs: 1,
        pauseMs: 1,
        snapshotMs: 1,
        restoreMs: 1,
        requestsPerMinute: false,
        tenants: [{ id: "staging", name: "Staging" }],
        instances: [
          paid,
          { id: "free", password: "a-password-of-mine" },
          { id: "doomed", type: "professional-db" },
          { id: "odd", type: "professional-db" },
        ],
      };
      const { emulator: first, kill } = await startToKill(options);
      const client = await signIn(first);
      const taken = idOf((await client.call("POST", `${path}/snapshots`)).body, "snapshot_id");
      await query(first, "CREATE (:Movie {title: 'Ronin'})", "a1b2c3d4");
      await client.call("PATCH", path, { name: "renamed" });
      const created = data(
        (await client.call("POST", "/v1/instances", {
          version: "5",
          region: "us-east-1",
          memory: "2GB",
          name: "made",
          type: "professional-db",
          tenant_id: "staging",
          cloud_provider: "aws",
          vector_optimized: true,
        })).body,
      );
      const createdId = String(created["id"]);
      while (await apiStatus(client, createdId) !== "running");
      await client.call("POST", `/v1/instances/${createdId}/pause`);
      while (await apiStatus(client, createdId) !== "paused");
      await client.call("DELETE", "/v1/instances/doomed");
      while (await apiStatus(client, "doomed") !== 404);
      await kill();

      await using second = await startEmulator(options);
      const again = await signIn(second);
      assert.deepEqual(
        second.instances().map(({ id, name, status }) => [id, name, status]),
        [
          ["a1b2c3d4", "renamed", "running"],
          ["free", "free", "running"],
          ["odd", "odd", "running"],
          [createdId, "made", "paused"],
        ],
      );
      assert.deepEqual(await titles(second, "a1b2c3d4"), ["Heat", "Ronin"]);
      assert.equal(second.env("free")["NEO4J_PASSWORD"], "a-password-of-mine");
      assert.equal(second.env(createdId)["NEO4J_PASSWORD"], created["password"]);
      const detail = data((await again.call("GET", `/v1/instances/${createdId}`)).body);
      assert.equal(detail["created_at"], created["created_at"]);
      assert.equal(detail["region"], "us-east-1");
      assert.equal(detail["vector_optimized"], true);
      assert.equal(detail["tenant_id"], "staging");

      const snapshot = `${path}/snapshots/${taken}`;
      while (data((await again.call("GET", snapshot)).body)["status"] !== "Completed");
      assert.equal((await again.call("POST", `${snapshot}/restore`)).status, 202);
      while (await apiStatus(again, "a1b2c3d4") !== "running");
      assert.deepEqual(await titles(second, "a1b2c3d4"), ["Heat"]);
    });
  });

  test("what was answered is there after kill -9 in the midst of the work", async () => {
    await withDirectory(async (persist) => {
      const options: EmulatorOptions = {
        persist,
        updateMs: 0,
        requestsPerMinute: false,
        instances: [paid],
      };
      let written = 0;
      let renamed = 0;
      for (let round = 0; round < 3; round++) {
        const { emulator, kill } = await startToKill(options);
        const client = await signIn(emulator);
        let isAlive = true;
        const write = async (): Promise<void> => {
          while (isAlive) {
            await query(emulator, `CREATE (:Row {number: ${written}})`);
            written += 1;
          }
        };
        const rename = async (): Promise<void> => {
          while (isAlive) {
            const { status } = await client.call("PATCH", path, { name: `n${renamed + 1}` });
            if (status === 200) renamed += 1;
          }
        };
        const work = Promise.allSettled([write(), rename()]);
        await new Promise((resolve) => setTimeout(resolve, 60 + 50 * round));
        await kill();
        isAlive = false;
        await work;
        await using after = await startEmulator(options);
        const numbers =
          (await query(after, "MATCH (r:Row) RETURN DISTINCT r.number AS n ORDER BY n"))
            .map(([number]) => number);
        // The last one may have been carried out without its answer coming through.
        assert.ok(numbers.length === written || numbers.length === written + 1);
        assert.deepEqual(numbers, [...numbers.keys()]);
        written = numbers.length;
        const name = after.env()["AURA_INSTANCENAME"];
        if (renamed > 0) assert.ok([`n${renamed}`, `n${renamed + 1}`].includes(name ?? ""), name);
        renamed = Number(/\d+/.exec(name ?? "")?.[0] ?? 0);
      }
      assert.ok(written > 0 && renamed > 0);
    });
  });

  test("a restore is there as a whole or not at all, whenever the process dies", async () => {
    await withDirectory(async (persist) => {
      const options: EmulatorOptions = {
        persist,
        snapshotMs: 0,
        restoreMs: 0,
        requestsPerMinute: false,
        instances: [{ ...paid, cypher: "UNWIND range(1, 500) AS n CREATE (:Movie {title: n})" }],
      };
      for (const delayMs of [0, 2, 4, 7, 11, 20]) {
        const { emulator, kill } = await startToKill(options);
        const client = await signIn(emulator);
        await query(emulator, "MATCH (e:Extra) DELETE e");
        const taken = idOf((await client.call("POST", `${path}/snapshots`)).body, "snapshot_id");
        await query(emulator, "CREATE (:Extra)");
        const snapshot = `${path}/snapshots/${taken}`;
        while (data((await client.call("GET", snapshot)).body)["status"] !== "Completed");
        const work = client.call("POST", `${snapshot}/restore`).catch(() => undefined);
        await new Promise((resolve) => setTimeout(resolve, delayMs));
        await kill();
        const answer = await work;
        await using after = await startEmulator(options);
        while (after.status() !== "running") await new Promise((resolve) => setTimeout(resolve, 1));
        const [[movies, extras] = []] = await query(
          after,
          "MATCH (m:Movie) WITH count(m) AS movies OPTIONAL MATCH (e:Extra) RETURN movies, count(e) AS extras",
        );
        assert.equal(movies, 500);
        assert.ok(extras === 0 || (extras === 1 && answer === undefined), String(extras));
      }
    });
  });

  test("a restore that is still being carried out has not happened yet", async () => {
    await withDirectory(async (persist) => {
      const canned = cannedEngine();
      const restore = Promise.withResolvers<void>();
      const engine: Engine = {
        name: "slow",
        begin: (access) => canned.begin(access),
        close: () => canned.close(),
        snapshot: () => Promise.resolve({ engine: "slow", bytes: new Uint8Array() }),
        restore: () => restore.promise,
      };
      await using emulator = await startEmulator({
        persist,
        clock: "manual",
        instances: [{ id: "a1b2c3d4", engine }, { id: "other" }],
      });
      const client = await signIn(emulator);
      const taken = idOf((await client.call("POST", `${path}/snapshots`)).body, "snapshot_id");
      await emulator.advance(1_000);
      const work = client.call("POST", `${path}/snapshots/${taken}/restore`);
      while (emulator.status() !== "restoring") await new Promise((resolve) => setTimeout(resolve));
      await client.call("PATCH", "/v1/instances/other", { name: "renamed" });
      const kept = async (): Promise<string[]> => {
        const { parts } = JSON.parse(await readFile(join(persist, "aura.json"), "utf8")) as {
          parts: { fleet: { instances: { life: { status: string } }[] } };
        };
        return parts.fleet.instances.map(({ life }) => life.status);
      };
      assert.deepEqual(await kept(), ["running", "updating"]);
      restore.resolve();
      assert.equal((await work).status, 202);
      assert.deepEqual(await kept(), ["restoring", "updating"]);
    });
  });

  test("after close() too; a deleted seed stays away, a new one is added, ports may change", async () => {
    await withDirectory(async (persist) => {
      const instances = [paid, { id: "doomed" }];
      const first = await startEmulator({ persist, clock: "manual", instances });
      await query(first, "CREATE (:Movie {title: 'Ronin'})");
      const client = await signIn(first);
      await client.call("POST", "/v1/instances/doomed/snapshots");
      assert.equal((await readdir(join(persist, "snapshots"))).length, 1);
      await first.remove("doomed");
      assert.deepEqual(await readdir(join(persist, "snapshots")), []);
      await first.setStatus("a1b2c3d4", "suspended");
      await first.close();
      assert.deepEqual(await readdir(join(persist, "graphs")), ["a1b2c3d4.grafeo"]);

      const more = [...instances, { id: "new", cypher: heat }];
      const second = await startEmulator({ persist, clock: "manual", instances: more });
      assert.deepEqual(second.instances().map(({ id, status }) => [id, status]), [
        ["a1b2c3d4", "suspended"],
        ["new", "running"],
      ]);
      await second.advance(1_000_000);
      assert.equal(second.status(), "suspended");
      await second.resume();
      assert.deepEqual(await titles(second), ["Heat", "Ronin"]);
      assert.deepEqual(await titles(second, "new"), ["Heat"]);
      await second.close();

      await using third = await startEmulator({ persist, clock: "manual" });
      assert.deepEqual(third.instances().map(({ id }) => id), ["a1b2c3d4", "new"]);
    });
  });

  test("seeds without an id do not multiply", async () => {
    await withDirectory(async (persist) => {
      const first = await startEmulator({ persist });
      const [before] = first.instances();
      await first.close();
      await using second = await startEmulator({ persist });
      assert.deepEqual(second.instances(), [before]);
    });
  });

  test("what was under way goes on, by the time that has passed", async () => {
    await withDirectory(async (persist) => {
      const options: EmulatorOptions = {
        persist,
        clock: "manual",
        tokenLifetimeMs: 1e9,
        createMs: 10_000,
        updateMs: 10_000,
        resumeMs: 10_000,
        deleteMs: 10_000,
        restoreMs: 10_000,
        snapshotMs: 10_000,
        instances: [
          paid,
          { id: "resuming", type: "professional-db", status: "paused" },
          { id: "creating", status: "creating" },
          { id: "dying", type: "professional-db" },
          { id: "restoring", type: "professional-db", cypher: heat },
          { id: "upgraded", type: "professional-db" },
        ],
      };
      const first = await startEmulator(options);
      const client = await signIn(first);
      const taken = idOf(
        (await client.call("POST", "/v1/instances/restoring/snapshots")).body,
        "snapshot_id",
      );
      const snapshots = `/v1/instances/restoring/snapshots/${taken}`;
      await first.advance(10_000);
      await query(first, "MATCH (n) DELETE n", "restoring");
      await client.call("POST", "/v1/instances/a1b2c3d4/snapshots");
      await client.call("PATCH", path, { memory: "8GB" });
      await client.call("POST", "/v1/instances/resuming/resume");
      await client.call("DELETE", "/v1/instances/dying");
      await client.call("POST", `${snapshots}/restore`);
      await client.call("POST", "/v1/instances/upgraded/upgrade");
      await first.advance(4_000);
      await first.close();

      await using second = await startEmulator(options);
      const again = await signIn(second);
      const statuses = () =>
        Object.fromEntries(second.instances().map((one) => [one.id, one.status]));
      assert.deepEqual(statuses(), {
        a1b2c3d4: "updating",
        resuming: "resuming",
        creating: "running",
        dying: "destroying",
        restoring: "restoring",
        upgraded: "upgrading",
      });
      assert.equal(data((await again.call("GET", path)).body)["memory"], "4GB");
      assert.deepEqual(await titles(second), ["Heat"], "an update leaves the doors open");
      // The manual clock stands still between the two, so 6 of the 10 seconds are left.
      await second.advance(5_999);
      assert.equal(statuses()["resuming"], "resuming");
      await second.advance(1);
      assert.deepEqual(statuses(), {
        a1b2c3d4: "running",
        resuming: "running",
        creating: "running",
        restoring: "running",
        upgraded: "running",
      });
      assert.equal(data((await again.call("GET", path)).body)["memory"], "8GB");
      assert.equal(
        data((await again.call("GET", "/v1/instances/upgraded")).body)["type"],
        "business-critical",
      );
      assert.deepEqual(await titles(second, "restoring"), ["Heat"]);
      const list = (await again.call("GET", `${path}/snapshots`)).body as { data: unknown[] };
      assert.deepEqual(list.data.map((one) => (one as Record<string, unknown>)["status"]), [
        "Completed",
      ]);
    });
  });

  test("a clock that ran ahead does not go back", async () => {
    await withDirectory(async (persist) => {
      const options = { persist, clock: "manual" } as const;
      const first = await startEmulator(options);
      await first.advance(1e10);
      const then = first.clock.now();
      await first.close();
      await using second = await startEmulator(options);
      assert.ok(second.clock.now() >= then);
    });
  });

  test("a directory of something else, newer or broken is refused, and stays as it was", async () => {
    const broken: readonly (readonly [string, (state: string) => string, RegExp])[] = [
      [
        "newer",
        (state) => state.replace('"version": 1', '"version": 2'),
        /has version 2, and this one reads 1/,
      ],
      ["cut", (state) => state.slice(0, state.length / 2), /aura\.json is damaged/],
      ["empty", () => "", /aura\.json is damaged/],
      ["of another", () => '{"format": "something-else"}', /not a local Aura's/],
      ["null", () => "null", /not a local Aura's/],
      ["without parts", (state) => state.replace('"parts"', '"pieces"'), /aura\.json is damaged/],
      [
        "wrong fleet",
        (state) => state.replace('"usedSeeds"', '"used"'),
        /"fleet" cannot be brought back from aura\.json/,
      ],
      [
        "wrong snapshots",
        (state) => state.replace('"snapshots": []', '"snapshots": [1]'),
        /"snapshots" cannot be brought back from aura\.json/,
      ],
      [
        "wrong clock",
        (state) => state.replace(/"clock": [\d.]+/, '"clock": "noon"'),
        /"clock" cannot be brought back from aura\.json/,
      ],
    ];
    await withDirectory(async (persist) => {
      const options = { persist, clock: "manual", instances: [paid] } as const;
      await (await startEmulator(options)).close();
      const file = join(persist, "aura.json");
      const good = await readFile(file, "utf8");
      for (const [what, spoil, message] of broken) {
        const bad = spoil(good);
        assert.notEqual(bad, good, what);
        await writeFile(file, bad);
        const before = await contents(persist);
        await assert.rejects(startEmulator(options), message, what);
        await assert.rejects(startEmulator(options), {
          message: /^Cannot keep the local Aura in /,
        });
        assert.deepEqual(await contents(persist), before, what);
      }
      await writeFile(file, good);
      const graph = join(persist, "graphs", "a1b2c3d4.grafeo");
      const whole = await readFile(graph);
      await writeFile(graph, "not a graph");
      const before = await contents(persist);
      await assert.rejects(startEmulator(options), /Cannot open the graph in .*a1b2c3d4\.grafeo/);
      assert.deepEqual(await contents(persist), before);
      await writeFile(graph, whole);
      await using again = await startEmulator(options);
      assert.deepEqual(await titles(again), ["Heat"]);
    });
    await withDirectory(async (persist) => {
      await mkdir(persist);
      await writeFile(join(persist, "thesis.txt"), "my only copy");
      await assert.rejects(startEmulator({ persist }), /holds other files \(thesis\.txt\)/);
      assert.deepEqual(await readdir(persist), ["thesis.txt"]);
    });
  });

  test("a first start that fails leaves a directory that the next one can use", async () => {
    await withDirectory(async (persist) => {
      const bad = { persist, instances: [paid, { cypher: "CREATE (" }] };
      await assert.rejects(startEmulator(bad), /Cannot seed instance/);
      await using emulator = await startEmulator({ persist, instances: [paid] });
      assert.deepEqual(await titles(emulator), ["Heat"]);
    });
  });

  test("what a dead process left unfinished is cleared away", async () => {
    await withDirectory(async (persist) => {
      const options = { persist, instances: [paid] };
      await (await startEmulator(options)).close();
      await mkdir(join(persist, "snapshots"), { recursive: true });
      const stray = ["graphs/gone.grafeo", "graphs/a1b2c3d4.grafeo.new", "snapshots/gone"];
      for (const name of stray) await writeFile(join(persist, name), "x");
      await using _emulator = await startEmulator(options);
      const names = await readdir(persist, { recursive: true });
      assert.deepEqual(names.filter((name) => stray.includes(name)), []);
    });
  });

  test("one process at a time has it, and gives it back", async () => {
    await withDirectory(async (persist) => {
      const options = { persist, instances: [{ id: "canned", engine: "canned" }] } as const;
      const first = await startEmulator(options);
      await assert.rejects(startEmulator(options), /is in use by this process/);
      await first.close();
      const { kill } = await startToKill(options);
      await assert.rejects(startEmulator(options), /is in use by process \d+/);
      await kill();
      await using _again = await startEmulator(options);
    });
  });

  test("only its owner can read it", async () => {
    await withDirectory(async (persist) => {
      await using emulator = await startEmulator({ persist, instances: [paid] });
      const client = await signIn(emulator);
      const taken = idOf((await client.call("POST", `${path}/snapshots`)).body, "snapshot_id");
      const modeOf = async (name: string) => ((await stat(join(persist, name))).mode & 0o777);
      assert.equal(await modeOf("."), 0o700);
      assert.equal(await modeOf("aura.json"), 0o600);
      assert.equal(await modeOf("graphs"), 0o700);
      assert.equal(await modeOf(`snapshots/${taken}`), 0o600);
    });
  });

  test("a directory that cannot be written is told, and used again when it can", async () => {
    await withDirectory(async (persist) => {
      await using emulator = await startEmulator({ persist, updateMs: 1e9, instances: [paid] });
      const client = await signIn(emulator);
      await emulator.pause();
      const file = join(persist, "aura.json");
      await rm(file);
      await mkdir(join(file, "in-the-way"), { recursive: true });
      const refused = await client.call("PATCH", path, { name: "lost" });
      assert.equal(refused.status, 500);
      const [error] = (refused.body as { errors: Record<string, string>[] }).errors;
      assert.equal(error?.["reason"], "not-kept");
      assert.match(error?.["message"] ?? "", /^The local Aura cannot write its directory: /);
      assert.equal((await client.call("GET", path)).status, 200);
      await rmdir(join(file, "in-the-way"));
      await rmdir(file);
      assert.equal((await client.call("PATCH", path, { name: "kept" })).status, 200);
      assert.match(await readFile(file, "utf8"), /"kept"/);
      const names = await readdir(persist);
      assert.deepEqual(names.filter((name) => name.endsWith(".new")), []);
    });
  });

  test("an engine of one's own, or another kind of it, has to be given again", async () => {
    await withDirectory(async (persist) => {
      const own = { id: "own", engine: cannedEngine() };
      await (await startEmulator({ persist, instances: [own] })).close();
      await assert.rejects(
        startEmulator({ persist, instances: [{ id: "own" }] }),
        /instance "own" ran on an engine of your own; start with the options that name it/,
      );
      await using emulator = await startEmulator({
        persist,
        instances: [{ ...own, engine: cannedEngine() }],
      });
      assert.equal(emulator.status(), "running");
    });
  });
});
