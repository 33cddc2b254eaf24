import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import { type Emulator, startEmulator } from "../../../../src/emulator/mod.ts";
import { type Connected, type ConnectOptions, connectTo } from "../../connect.ts";

const LIST = "GET /v1/instances/:id/snapshots";
const CREATE = "POST /v1/instances/:id/snapshots";
const RESTORE = "POST /v1/instances/:id/snapshots/:snapshot/restore";
const OVERWRITE = "POST /v1/instances/:id/overwrite";
const SNAPSHOT_MS = 12_000;
const REPLACEMENT_MS = 20_000;

interface Row {
  readonly snapshot_id: string;
  readonly status: string;
  readonly timestamp: string;
}

/** A person who types this. */
function typing(name: string): ConnectOptions["answer"] {
  return () => ({ action: "accept", content: { name } });
}

describe("the tools for snapshots", () => {
  let aura: Emulator;
  const open: Connected[] = [];
  /** What was sent: the emulator keeps neither query strings nor bodies. */
  let sent: { readonly method: string; readonly url: URL; readonly body: unknown }[] = [];

  async function fetchAndTell(request: Request): Promise<Response> {
    const { method, url } = request;
    const text = await request.clone().text();
    sent.push({
      method,
      url: new URL(url),
      body: text.startsWith("{") ? JSON.parse(text) : undefined,
    });
    return await fetch(request);
  }

  function bodyTo(path: RegExp): unknown {
    const found = sent.find(({ method, url }) => method === "POST" && path.test(url.pathname));
    return found && (found.body ?? "");
  }

  async function connect(options: ConnectOptions = {}): Promise<Connected> {
    const connected = await connectTo(aura, {
      mode: "destructive",
      clock: aura.clock,
      fetch: fetchAndTell,
      ...options,
    });
    open.push(connected);
    return connected;
  }

  /** An id of one that is complete. */
  async function snapshotOf(instance: string): Promise<string> {
    const { result } = await connect();
    const { snapshot_id } = await result("create_snapshot", { instance, wait: true });
    return String(snapshot_id);
  }

  /** Aura takes one snapshot at a time, and none while it restores. */
  async function idle(): Promise<void> {
    if (bodyTo(/snapshots$/) !== undefined) await aura.clock.sleep(SNAPSHOT_MS);
    while (aura.instances().some(({ status }) => status !== "running")) {
      await new Promise((go) => setTimeout(go, 10));
    }
  }

  before(async () => {
    aura = await startEmulator({
      requestsPerMinute: false,
      clock: { scale: 100 },
      snapshotMs: SNAPSHOT_MS,
      restoreMs: REPLACEMENT_MS,
      overwriteMs: REPLACEMENT_MS,
      instances: [
        { id: "a1b2c3d4", name: "orders", type: "professional-db" },
        { id: "b2c3d4e5", name: "old", type: "professional-db", createdAt: "2020-01-01T00:00:00Z" },
        { id: "c3d4e5f6", name: "twin", type: "professional-db" },
        { id: "d4e5f6a7", name: "twin", type: "professional-db" },
      ],
    });
  });
  beforeEach(async () => {
    await idle();
    aura.clearRequests();
    sent = [];
  });
  afterEach(async () => {
    for (const { close } of open.splice(0)) await close();
  });
  after(() => aura.close());

  describe("create_snapshot", () => {
    test("takes one and says how to go on", async () => {
      const { result } = await connect({ mode: "write" });
      const { snapshot_id, ...rest } = await result("create_snapshot", { instance: "orders" });
      assert.match(String(snapshot_id), /^[0-9a-f-]{36}$/);
      assert.deepEqual(rest, {
        instance_id: "a1b2c3d4",
        status: "Pending",
        next_step: "list_snapshots of a1b2c3d4 shows when it is Completed",
      });
    });

    test("with wait gives it when it is complete", async () => {
      const { result } = await connect({ mode: "write" });
      const done = await result("create_snapshot", { instance: "a1b2c3d4", wait: true });
      assert.equal(done["status"], "Completed");
      assert.equal(done["profile"], "AdHoc");
      assert.equal(typeof done["exportable"], "boolean");
      assert.equal(done["next_step"], undefined);
    });

    test("that fails while it is waited for is an error, and nothing hides that it was asked for", async () => {
      const { failure } = await connect({ mode: "write" });
      aura.failNext("snapshot", "b2c3d4e5");
      const text = await failure("create_snapshot", { instance: "old", wait: true });
      assert.match(text, /it is "Failed"/);
      assert.match(text, /Next: take another snapshot/);
      assert.doesNotMatch(text, /No snapshot was taken/);
    });

    test("is not there in a server that only reads, and says what was not done", async () => {
      const reading = await connect({ mode: "wake" });
      const { tools } = await reading.client.listTools();
      const names = tools.map(({ name }) => name);
      assert.ok(names.includes("list_snapshots"));
      assert.ok(!names.includes("create_snapshot"));
      const { failure } = await connect({ mode: "write" });
      assert.match(
        await failure("create_snapshot", { instance: "ordrs" }),
        /^Cannot find instance "ordrs".*\nNo snapshot was taken\.\nNext: did you mean "orders"\?$/s,
      );
      assert.match(await failure("create_snapshot", { instance: "twin" }), /2 are named "twin"/);
      assert.match(
        await failure("create_snapshot", { instance: "orders", wat: true }),
        /: there is no argument "wat": there are wait, instance, timeout_seconds\nNo snapshot was taken\.$/,
      );
      assert.equal(aura.requests(CREATE).length, 0);
    });
  });

  describe("list_snapshots", () => {
    test("lists the newest one first, in pages, and asks for no day before the birth", async () => {
      const first = await snapshotOf("orders");
      const second = await snapshotOf("orders");
      aura.clearRequests();
      const { result } = await connect({ mode: "read" });
      const all = await result("list_snapshots", { instance: "orders", days: 31 });
      const rows = all["snapshots"] as Row[];
      assert.equal(all["total"], rows.length);
      assert.ok(rows.length >= 2);
      const places = [second, first].map((id) => rows.findIndex((row) => row.snapshot_id === id));
      assert.deepEqual(places, places.toSorted((left, right) => left - right));
      assert.ok(!places.includes(-1));
      assert.ok(
        rows.every((row) =>
          Object.keys(row).join() === "snapshot_id,status,timestamp,profile,exportable"
        ),
      );
      assert.ok(aura.requests(LIST).length <= 2);

      const page = await result("list_snapshots", { instance: "orders", limit: 1 });
      assert.deepEqual(page["snapshots"], rows.slice(0, 1));
      const cursor = page["next_cursor"];
      const next = await result("list_snapshots", { instance: "orders", limit: 1, cursor });
      assert.deepEqual(next["snapshots"], rows.slice(1, 2));
    });

    test("looks at the days that were asked for, and says so when there are none", async () => {
      const { result, failure } = await connect({ mode: "read" });
      const args = { instance: "old", date: "2024-02-29", days: 3 };
      assert.deepEqual(await result("list_snapshots", args), {
        snapshots: [],
        total: 0,
        notes: ["There are no snapshots of old (b2c3d4e5) in the 3 days until 2024-02-29"],
      });
      const days = sent.flatMap(({ url }) => url.searchParams.get("date") ?? []);
      assert.deepEqual(days.toSorted(), ["2024-02-27", "2024-02-28", "2024-02-29"]);
      await result("list_snapshots", { instance: "old" });
      assert.equal(aura.requests(LIST).length, 3 + 7);
      assert.match(
        await failure("list_snapshots", { ...args, date: "2026-02-31" }),
        /^Invalid .*date/,
      );
      assert.match(await failure("list_snapshots", { ...args, days: 32 }), /days/);
      assert.match(await failure("list_snapshots", { ...args, cursor: "x" }), /leave cursor out/);
    });
  });

  describe("restore_snapshot", () => {
    test("asks for the name, restores, and with wait tells how far it is", async () => {
      const snapshot_id = await snapshotOf("orders");
      const asked: string[] = [];
      const { client } = await connect({
        answer({ message }) {
          asked.push(message);
          return { action: "accept", content: { name: "orders" } };
        },
      });
      const told: { progress: number; message: string }[] = [];
      const { structuredContent, isError, content } = await client.callTool(
        { name: "restore_snapshot", arguments: { instance: "orders", snapshot_id, wait: true } },
        undefined,
        { onprogress: ({ progress, message = "" }) => void told.push({ progress, message }) },
      );
      assert.notEqual(isError, true, JSON.stringify(content));
      assert.deepEqual(structuredContent, {
        outcome: "done",
        id: "a1b2c3d4",
        name: "orders",
        status: "running",
      });
      assert.match(
        asked.join(),
        new RegExp(
          `^Replace all data of instance orders \\(a1b2c3d4\\) by snapshot ${snapshot_id} of `,
        ),
      );
      assert.match(
        asked.join(),
        /\nAll that is in it now is lost.*\nTo agree, type its exact name: orders$/,
      );
      assert.equal(aura.requests(RESTORE).length, 1);
      assert.ok(told.some(({ message }) => message === "restore of orders (a1b2c3d4): restoring"));
      const numbers = told.map(({ progress }) => progress);
      assert.deepEqual(numbers, [...new Set(numbers)].toSorted((left, right) => left - right));
    });

    test("without wait says what tells when it is over; latest is the newest complete one", async () => {
      const newest = await snapshotOf("orders");
      const { result } = await connect({ answer: typing("orders") });
      const args = { instance: "a1b2c3d4", snapshot_id: "latest" };
      assert.deepEqual(await result("restore_snapshot", args), {
        outcome: "done",
        id: "a1b2c3d4",
        name: "orders",
        status: "restoring",
        next_step: "wait_for_instance a1b2c3d4 tells when it is running again",
      });
      assert.ok(aura.requests(RESTORE)[0]?.path.includes(newest));
    });

    test("that goes wrong at Aura is an error, and says that it was accepted", async () => {
      const snapshot_id = await snapshotOf("c3d4e5f6");
      const { failure } = await connect({ answer: typing("twin") });
      aura.failNext("restore", "c3d4e5f6");
      const args = { instance: "c3d4e5f6", snapshot_id, wait: true };
      const text = await failure("restore_snapshot", args);
      assert.match(text, /loading failed/);
      assert.doesNotMatch(text, /The snapshot was not restored/);
      await aura.setStatus("c3d4e5f6", "running");
    });

    test("does nothing when the person declines, types another name, or cannot be asked", async () => {
      const snapshot_id = await snapshotOf("orders");
      const args = { instance: "orders", snapshot_id };
      const declining = await connect({ answer: () => ({ action: "decline" }) });
      const declined = await declining.result("restore_snapshot", args);
      assert.equal(declined["outcome"], "declined");
      assert.match(String(declined["message"]), /The snapshot was not restored\.$/);
      const wrong = await (await connect({ answer: typing("order") })).result(
        "restore_snapshot",
        args,
      );
      assert.equal(wrong["outcome"], "declined");
      const { failure } = await connect();
      assert.match(
        await failure("restore_snapshot", args),
        /this client cannot ask its user\nThe snapshot was not restored\.\nNext: do it with a client that can/,
      );
      const { tools } = await (await connect({ mode: "write" })).client.listTools();
      assert.ok(!tools.some(({ name }) => /^(?:restore|overwrite)_/.test(name)));
      assert.equal(aura.requests(RESTORE).length, 0);
    });

    test("by a token does what was previewed, and not with another snapshot", async () => {
      const first = await snapshotOf("orders");
      const { result, failure } = await connect({ confirm: "token" });
      const args = { instance: "orders", snapshot_id: "latest" };
      const preview = await result("restore_snapshot", args);
      assert.equal(preview["outcome"], "needs_confirmation");
      assert.ok(String(preview["message"]).includes(first));
      await snapshotOf("orders");
      const confirm_token = preview["confirm_token"];
      assert.match(
        await failure("restore_snapshot", { ...args, confirm_token }),
        /has changed since the preview/,
      );
      assert.equal(aura.requests(RESTORE).length, 0);
      const again = await result("restore_snapshot", args);
      const done = await result("restore_snapshot", {
        ...args,
        confirm_token: again["confirm_token"],
      });
      assert.equal(done["outcome"], "done");
      assert.equal(aura.requests(RESTORE).length, 1);
    });

    test("refuses a snapshot that is not complete, or that is not there, before anybody is asked", async () => {
      let asked = 0;
      const { result, failure } = await connect({
        answer: () => (asked++, { action: "decline" }),
      });
      const { snapshot_id } = await result("create_snapshot", { instance: "orders" });
      assert.match(
        await failure("restore_snapshot", { instance: "orders", snapshot_id }),
        /it is "(?:Pending|InProgress)"\nThe snapshot was not restored\.\nNext: list_snapshots shows/,
      );
      const unknown = "99999999-9999-4999-8999-999999999999";
      assert.match(
        await failure("restore_snapshot", { instance: "orders", snapshot_id: unknown }),
        /The snapshot was not restored\./,
      );
      assert.match(
        await failure("restore_snapshot", { instance: "old", snapshot_id: "latest" }),
        /create_snapshot takes one/,
      );
      assert.equal(asked, 0);
    });
  });

  describe("overwrite_instance", () => {
    test("asks for the name of what is overwritten, and takes the data of the other one", async () => {
      const asked: string[] = [];
      const { result } = await connect({
        answer({ message }) {
          asked.push(message);
          return { action: "accept", content: { name: "orders" } };
        },
      });
      const args = { instance: "orders", source_instance: "old", wait: true };
      assert.deepEqual(await result("overwrite_instance", args), {
        outcome: "done",
        id: "a1b2c3d4",
        name: "orders",
        status: "running",
      });
      assert.match(
        asked.join(),
        /^Replace all data of instance orders \(a1b2c3d4\) by those of old \(b2c3d4e5\)\?\n/,
      );
      assert.deepEqual(bodyTo(/overwrite$/), { source_instance_id: "b2c3d4e5" });
    });

    test("takes a snapshot of the other one", async () => {
      const source_snapshot = await snapshotOf("old");
      const { result } = await connect({ answer: typing("orders") });
      const args = { instance: "orders", source_instance: "old", source_snapshot: "latest" };
      const { status, next_step } = await result("overwrite_instance", args);
      assert.equal(status, "overwriting");
      assert.match(String(next_step), /^wait_for_instance a1b2c3d4 /);
      assert.deepEqual(bodyTo(/overwrite$/), {
        source_instance_id: "b2c3d4e5",
        source_snapshot_id: source_snapshot,
      });
    });

    test("asks nobody about an instance that is paused", async () => {
      let asked = 0;
      const { failure } = await connect({ answer: () => (asked++, { action: "decline" }) });
      await aura.setStatus("a1b2c3d4", "paused");
      const args = { instance: "orders", source_instance: "old" };
      const text = await failure("overwrite_instance", args);
      await aura.setStatus("a1b2c3d4", "running");
      assert.match(
        text,
        /it is paused.*\nThe instance was not overwritten\.\nNext: resume_instance a1b2c3d4 /s,
      );
      assert.equal(asked, 0);
    });

    test("does nothing with itself, or when the person declines", async () => {
      const { result, failure } = await connect({ answer: () => ({ action: "cancel" }) });
      assert.match(
        await failure("overwrite_instance", { instance: "orders", source_instance: "a1b2c3d4" }),
        /with itself\nThe instance was not overwritten\.\nNext: restore_snapshot /,
      );
      const args = { instance: "orders", source_instance: "old" };
      const { outcome, message } = await result("overwrite_instance", args);
      assert.equal(outcome, "declined");
      assert.match(String(message), /The instance was not overwritten\.$/);
      assert.equal(aura.requests(OVERWRITE).length, 0);
    });

    test("is not there where the server is narrowed to one instance; the others need no name then", async () => {
      const { client, result } = await connect({ instance: "orders", answer: typing("orders") });
      const { tools } = await client.listTools();
      const names = tools.map(({ name }) => name);
      assert.ok(!names.includes("overwrite_instance"));
      const restore = tools.find(({ name }) => name === "restore_snapshot");
      assert.ok(!("instance" in (restore?.inputSchema.properties ?? {})));
      const { instance_id } = await result("create_snapshot");
      assert.equal(instance_id, "a1b2c3d4");
    });
  });
});

describe("the tools for snapshots, where Aura takes long", () => {
  let aura: Emulator;
  let connected: Connected;

  beforeEach(async () => {
    aura = await startEmulator({
      clock: { scale: 100 },
      snapshotMs: 100_000_000,
      overwriteMs: 100_000_000,
      instances: [
        { id: "a1b2c3d4", name: "orders", type: "professional-db" },
        { id: "b2c3d4e5", name: "old", type: "professional-db" },
      ],
    });
    connected = await connectTo(aura, {
      mode: "destructive",
      clock: aura.clock,
      answer: typing("orders"),
    });
  });
  afterEach(async () => {
    await connected.close();
    await aura.close();
  });

  test("create_snapshot whose time is up gives the state, and is no error", async () => {
    const args = { instance: "orders", wait: true, timeout_seconds: 5 };
    const now = await connected.result("create_snapshot", args);
    assert.match(String(now["status"]), /^(?:Pending|InProgress)$/);
    assert.equal(now["next_step"], "list_snapshots of a1b2c3d4 shows when it is Completed");
  });

  test("overwrite_instance whose time is up gives the state", async () => {
    const args = { instance: "orders", source_instance: "old", wait: true, timeout_seconds: 5 };
    assert.deepEqual(await connected.result("overwrite_instance", args), {
      outcome: "done",
      id: "a1b2c3d4",
      name: "orders",
      status: "overwriting",
      next_step: "wait_for_instance a1b2c3d4 tells when it is running again",
    });
  });

  test("overwrite_instance that is cancelled while it waits leaves Aura to go on", async () => {
    const over = new AbortController();
    const call = connected.client.callTool(
      {
        name: "overwrite_instance",
        arguments: { instance: "orders", source_instance: "old", wait: true },
      },
      undefined,
      {
        signal: over.signal,
        onprogress: ({ message = "" }) => message.endsWith(": overwriting") && over.abort(),
      },
    );
    await assert.rejects(call);
    assert.equal(aura.requests(OVERWRITE).length, 1);
    assert.equal(aura.status("a1b2c3d4"), "overwriting");
  });
});
