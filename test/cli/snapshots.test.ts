import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { type Emulator, startEmulator } from "../../src/emulator/mod.ts";
import { type CliResult, dataOf, errorOf, runCli } from "./process.ts";
import { HAS_TERMINAL, runInTerminal } from "./terminal.ts";

const LIST = "GET /v1/instances/:id/snapshots";
const RESTORE = "POST /v1/instances/:id/snapshots/:snapshot/restore";

describe("snapshots", () => {
  let emulator: Emulator;
  let env: Record<string, string>;

  before(async () => {
    emulator = await startEmulator({
      requestsPerMinute: false,
      snapshotMs: 100,
      restoreMs: 200,
      instances: [
        { id: "a1b2c3d4", name: "orders", type: "professional-db" },
        { id: "b2c3d4e5", name: "old", createdAt: "2020-01-01T00:00:00Z" },
      ],
    });
    env = emulator.env();
  });
  after(async () => {
    await emulator.close();
  });

  async function run(...args: readonly string[]): Promise<CliResult> {
    return await runCli(["snapshots", ...args], { env });
  }

  test("create, get, list and restore one", async () => {
    const created = await run("create", "--instance", "orders", "--wait", "--output", "table");
    assert.equal(created.code, 0, created.stderr);
    const [, id = ""] = /^id +(\S+)$/m.exec(created.stdout) ?? [];
    assert.match(created.stdout, /^status +Completed$/m);
    assert.match(
      created.stderr,
      new RegExp(`^snapshot ${id} of orders \\(a1b2c3d4\\): Completed$`, "m"),
    );

    // The instance of the settings; the newest one.
    const got = await run("get", "latest");
    const snapshot = dataOf(got) as Record<string, string>;
    assert.equal(snapshot["snapshot_id"], id);
    assert.equal(snapshot["instance_id"], "a1b2c3d4");

    const second = await run("create", "--instance", "orders");
    assert.equal(second.code, 0, second.stderr);
    const { snapshot_id } = dataOf(second) as Record<string, string>;
    const listed = dataOf(await run("list")) as Record<string, string>[];
    assert.deepEqual(new Set(listed.map((one) => one["snapshot_id"])), new Set([snapshot_id, id]));

    const unasked = await run("restore", id, "--instance", "orders");
    assert.equal(unasked.code, 2);
    assert.equal(errorOf(unasked)["code"], "NOT_CONFIRMED");
    assert.equal(
      errorOf(unasked)["message"],
      `Cannot replace all data of instance orders (a1b2c3d4) by snapshot ${id} of ${
        snapshot["timestamp"]
      }: nobody can be asked here, and nothing was sent`,
    );
    const unnamed = await run("restore", id, "--yes");
    assert.equal(unnamed.code, 2);
    assert.equal(errorOf(unnamed)["message"], "Cannot read the arguments: --instance is missing");
    assert.equal(emulator.requests(RESTORE).length, 0);

    const restored = await run("restore", id, "--instance", "orders", "--yes", "--wait");
    assert.equal(restored.code, 0, restored.stderr);
    assert.equal((dataOf(restored) as Record<string, string>)["status"], "running");
    assert.match(restored.stderr, /^restore of orders \(a1b2c3d4\): restoring$/m);
    assert.equal(emulator.requests(RESTORE).length, 1);
  });

  test("list: several days, the newest first, one request a day", async () => {
    emulator.clearRequests();
    const days = [["02:00:00"], ["01:00:00", "03:00:00"]];
    for (const [index, times] of days.entries()) {
      const data = times.map((time) => ({
        instance_id: "a1b2c3d4",
        snapshot_id: `${index}-${time.slice(0, 2)}`,
        profile: "Scheduled",
        status: "Completed",
        timestamp: `2026-02-0${index + 3}T${time}Z`,
        exportable: index === 1,
      }));
      emulator.fault(LIST, { status: 200, body: { data } });
    }
    emulator.fault(LIST, { status: 200, body: { data: [] } });
    const listed = await run("list", "--date", "2026-02-04", "--days=3", "--output", "table");
    assert.equal(listed.code, 0, listed.stderr);
    assert.equal(
      listed.stdout,
      "ID    TIME                  STATUS     PROFILE    EXPORTABLE\n" +
        "1-03  2026-02-04T03:00:00Z  Completed  Scheduled  true\n" +
        "1-01  2026-02-04T01:00:00Z  Completed  Scheduled  true\n" +
        "0-02  2026-02-03T02:00:00Z  Completed  Scheduled  false\n",
    );
    assert.equal(emulator.requests(LIST).length, 3);
    const none = await run("list", "--date", "2026-02-04", "--output", "table");
    assert.equal(
      none.stdout,
      "There are no snapshots of orders (a1b2c3d4) on 2026-02-04\n",
    );
    for (
      const [args, message] of [
        [["--date", "2026-02-30"], '--date must be a day such as 2026-02-04, got "2026-02-30"'],
        [["--days", "0"], '--days must be a whole number from 1 to 90, got "0"'],
      ] as const
    ) {
      const wrong = await run("list", ...args);
      assert.equal(wrong.code, 2);
      assert.equal(errorOf(wrong)["message"], `Cannot read the arguments: ${message}`);
    }
  });

  test("latest: where there is none, it is looked for in the last month only", async () => {
    emulator.clearRequests();
    const none = await run("get", "latest", "--instance", "old");
    assert.equal(none.code, 3);
    assert.deepEqual(errorOf(none), {
      code: "NOT_FOUND",
      exit_code: 3,
      message:
        "Cannot find the latest snapshot of old (b2c3d4e5): none of the last 31 days is complete",
      suggestion: "aura-wake snapshots create --instance b2c3d4e5 --wait takes one; " +
        "snapshots list --date shows older ones",
    });
    assert.equal(emulator.requests(LIST).length, 31);
    const unknown = await run("get", "99999999-aaaa-4bbb-8ccc-dddddddddddd");
    assert.equal(unknown.code, 3);
    assert.equal(errorOf(unknown)["code"], "AURA_API");
  });

  test("restore asks for the instance's name on a terminal", { skip: !HAS_TERMINAL }, async () => {
    emulator.clearRequests();
    const args = ["snapshots", "restore", "latest", "--instance", "a1b2c3d4"];
    const answers = [{ after: /Type orders to go on/, type: "orders\r" }];
    const restored = await runInTerminal(args, { env, answers });
    assert.equal(restored.code, 0, restored.stdout);
    assert.match(restored.stdout, /^status +restoring$/m);
    assert.equal(emulator.requests(RESTORE).length, 1);
  });
});
