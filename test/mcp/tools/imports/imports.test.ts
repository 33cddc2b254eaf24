import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import { type Emulator, startEmulator } from "../../../../src/emulator/mod.ts";
import { Secret } from "../../../../src/secret.ts";
import type { Journal } from "../../../../src/store/journal.ts";
import { memoryJournal } from "../../../../src/store/memory-journal.ts";
import { memoryStore } from "../../../../src/store/memory.ts";
import { type Connected, type ConnectOptions, connectTo } from "../../connect.ts";

const MODEL = "66666666-7777-4888-8999-aaaaaaaaaaaa";
const NO_MODEL = "66666666-7777-4888-8999-bbbbbbbbbbbb";
const PROJECT = "11111111-2222-4333-8444-555555555555";
const POST = /^POST .*\/import\/jobs$/;
const CANCEL = /^POST .*\/cancellation$/;
const GET = /^GET .*\/import\/jobs\/[^/]+$/;
/** Runs longer than a test takes; to cancel it takes a tenth of that. */
const LONG = { outcome: "Success", durationMs: 200_000 } as const;

type Job = Readonly<Record<string, unknown>>;

/** A person who types this. */
function typing(name: string): ConnectOptions["answer"] {
  return () => ({ action: "accept", content: { name } });
}

describe("the tools for import jobs", () => {
  let aura: Emulator;
  let journal: Journal;
  const open: Connected[] = [];

  async function connect(options: ConnectOptions = {}): Promise<Connected> {
    const connected = await connectTo(aura, {
      mode: "write",
      clock: aura.clock,
      state: { store: memoryStore(), journal },
      ...options,
    });
    open.push(connected);
    return connected;
  }

  async function started(instance = "orders"): Promise<string> {
    const { result } = await connect();
    return String((await result("start_import_job", { model_id: MODEL, instance }))["job_id"]);
  }

  async function idle(): Promise<void> {
    while (aura.importJobs().some(({ state }) => state !== "Completed")) {
      await new Promise((go) => setTimeout(go, 10));
    }
  }

  before(async () => {
    aura = await startEmulator({
      requestsPerMinute: false,
      clock: { scale: 100 },
      importMs: 5_000,
      importModels: [MODEL],
      instances: [
        { id: "a1b2c3d4", name: "orders", type: "professional-db" },
        { id: "b2c3d4e5", name: "demo", password: "password-of-demo" },
        { id: "c3d4e5f6", name: "asleep", type: "professional-db", status: "paused" },
      ],
    });
  });
  beforeEach(() => {
    journal = memoryJournal();
    aura.clearRequests();
  });
  afterEach(async () => {
    const { result } = await connect();
    for (const { id, state } of aura.importJobs()) {
      const args = { job_id: id, project: PROJECT };
      if (state !== "Completed") await result("cancel_import_job", args).catch(() => {});
    }
    for (const { close } of open.splice(0)) await close();
    await idle();
  });
  after(() => aura.close());

  describe("start_import_job", () => {
    test("starts it, tells its id, and says what follows it", async () => {
      const { result } = await connect();
      const args = { model_id: MODEL, instance: "orders" };
      const { job_id, submitted_at, seen_at, ...rest } = await result("start_import_job", args);
      assert.equal(aura.importJobs().at(-1)?.id, job_id);
      for (const time of [submitted_at, seen_at]) assert.match(String(time), /^\d{4}-.*Z$/);
      assert.deepEqual(rest, {
        outcome: "done",
        state: "submitted",
        instance_id: "a1b2c3d4",
        instance_name: "orders",
        mode: "online",
        model_id: MODEL,
        project_id: PROJECT,
        next_step: `wait_for_import_job ${String(job_id)} follows it to its end`,
        notes: [`Started import job ${String(job_id)} into orders (a1b2c3d4)`],
      });
    });

    test("has written it down before anything is sent", async () => {
      const before: unknown[] = [];
      const { result } = await connect({
        async fetch(request) {
          if (POST.test(`${request.method} ${request.url}`)) {
            const { records } = await journal.find();
            before.push(...records.map(({ state, instanceName }) => [state, instanceName]));
          }
          return await fetch(request);
        },
      });
      await result("start_import_job", { model_id: MODEL, instance: "orders" });
      assert.deepEqual(before, [["unconfirmed", "orders"]]);
      assert.deepEqual((await journal.find()).records.map(({ state }) => state), ["submitted"]);
    });

    test("warns of a job that may still run", async () => {
      aura.scriptImport(LONG);
      const job = await started();
      const { result } = await connect();
      const args = { model_id: MODEL, instance: "orders", dry_run: true };
      const [note] = (await result("start_import_job", args))["notes"] as string[];
      assert.match(
        String(note),
        new RegExp(`^warning: import job ${job} into orders .* may still run`),
      );
    });

    test("with dry_run checks all, starts nothing, and shows no secret", async () => {
      const { client } = await connect();
      const args = { model_id: MODEL, instance: "orders", mode: "bulk", dry_run: true };
      const { structuredContent, isError } = await client.callTool({
        name: "start_import_job",
        arguments: args,
      });
      assert.notEqual(isError, true);
      const { notes, ...rest } = structuredContent as Job;
      assert.match(String(notes), /nothing was started/);
      assert.deepEqual(rest, {
        outcome: "dry_run",
        instance_id: "a1b2c3d4",
        instance_name: "orders",
        mode: "bulk",
        model_id: MODEL,
        project_id: PROJECT,
        organization_id: "22222222-3333-4444-8555-666666666666",
        login: "neo4j",
        login_from: "NEO4J_USERNAME and NEO4J_PASSWORD",
        replaces_all_data: true,
        next_step: "start_import_job with dry_run false starts it",
      });
      assert.ok(!JSON.stringify(structuredContent).includes("local-aura-password"));
      assert.equal(aura.requests(POST).length, 0);
      assert.equal((await journal.find()).records.length, 0);
    });

    test("in bulk needs a server that may destroy, and a person who types the name", async () => {
      const args = { model_id: MODEL, instance: "orders", mode: "bulk" };
      const writing = await connect({ answer: typing("orders") });
      assert.match(
        await writing.failure("start_import_job", args),
        /No import job was started\.\nNext: .*--allow-destructive$/,
      );
      const mute = await connect({ mode: "destructive" });
      assert.match(
        await mute.failure("start_import_job", args),
        /this client cannot ask its user\nNo import job was started\.\nNext: /,
      );
      const declining = await connect({
        mode: "destructive",
        answer: () => ({ action: "decline" }),
      });
      const { outcome, message } = await declining.result("start_import_job", args);
      assert.equal(outcome, "declined");
      assert.match(String(message), /No import job was started\.$/);
      assert.equal(aura.requests(POST).length, 0);

      const asked: string[] = [];
      const { result } = await connect({
        mode: "destructive",
        answer({ message }) {
          asked.push(message);
          return { action: "accept", content: { name: "orders" } };
        },
      });
      const done = await result("start_import_job", args);
      assert.equal(done["mode"], "bulk");
      assert.match(
        asked.join(),
        new RegExp(
          `^Replace all data of instance orders \\(a1b2c3d4\\) by an import of model ${MODEL}\\?\n`,
        ),
      );
      assert.equal(aura.importJobs().at(-1)?.importType, "bulk");
    });

    test("without an answer says that it may run, writes that down, and never sends it again", async () => {
      aura.fault(POST, { reset: true, carriedOut: true });
      const { result, failure } = await connect();
      const text = await failure("start_import_job", { model_id: MODEL, instance: "orders" });
      assert.match(text, /^Cannot tell whether the import into a1b2c3d4 was started/);
      assert.match(text, /\nIt may have been carried out all the same/);
      assert.match(
        text,
        /\nNext: do not start it again: have a person look in the Aura console first/,
      );
      assert.doesNotMatch(text, /No import job was started/);
      assert.equal(aura.requests(POST).length, 1);

      const { jobs, notes } = await result("list_known_import_jobs");
      const [job] = jobs as Job[];
      assert.equal(job?.["state"], "unconfirmed");
      assert.equal(job?.["job_id"], undefined);
      const key = String(job?.["key"]);
      assert.match(String(notes), new RegExp(`^Nobody knows whether ${key} was started`));
      assert.equal((await result("get_import_job", { job_id: key }))["state"], "unconfirmed");
      assert.match(await failure("wait_for_import_job", { job_id: key }), /nobody knows whether/);
      assert.match(
        await failure("cancel_import_job", { job_id: key }),
        /nobody knows whether.*\nThe import job was not cancelled\.\nNext: /s,
      );
    });

    test("is not started again while nobody knows whether it was, until a person has said", async () => {
      aura.fault(POST, { reset: true });
      const { result, failure } = await connect();
      const args = { model_id: MODEL, instance: "orders" };
      assert.match(await failure("start_import_job", args), /Cannot tell|no answer|unconfirmed/i);
      aura.clearRequests();
      const again = await failure("start_import_job", args);
      const [{ key } = { key: "" }] = (await journal.find()).records;
      assert.match(
        again,
        new RegExp(
          `nobody knows whether the one that was begun at .* runs \\(${key}\\)\nNo import job was started\\.\n` +
            `Next: have a person look in the Aura console; aura-wake imports settle ${key}, which a person runs,`,
        ),
      );
      assert.deepEqual(aura.requests(POST), []);
      // To try it is no start, and another instance is another matter.
      await result("start_import_job", { ...args, dry_run: true });
      await journal.update(key, { state: "refused", updatedAt: aura.clock.now() });
      assert.equal((await result("start_import_job", args))["outcome"], "done");
    });

    test("is started once by two calls at the same time", async () => {
      const { client } = await connect();
      // Long enough for the other call to come by, whatever else this machine does.
      aura.fault(POST, { delayMs: 1_000 });
      const args = { model_id: MODEL, instance: "orders" };
      const call = { name: "start_import_job", arguments: args };
      const both = await Promise.all([client.callTool(call), client.callTool(call)]);
      const texts = both.map(({ content }) => JSON.stringify(content));
      assert.equal(aura.requests(POST).length, 1);
      assert.equal(texts.filter((text) => text.includes("another call is starting it")).length, 1);
    });

    test("that Aura refuses says so, and was not started", async () => {
      const { failure } = await connect();
      const text = await failure("start_import_job", { model_id: NO_MODEL, instance: "orders" });
      assert.match(text, /The import model \S+ does not exist/);
      assert.match(text, /\nNo import job was started\./);
      assert.deepEqual((await journal.find()).records.map(({ state }) => state), ["refused"]);
    });

    test("refuses what cannot go well before anything is written down", async () => {
      const { failure } = await connect();
      const asleep = { model_id: MODEL, instance: "asleep" };
      assert.match(
        await failure("start_import_job", asleep),
        /is paused.*\nNo import job was started\.\nNext: resume_instance c3d4e5f6 waits until it is awake$/s,
      );
      assert.match(
        await failure("start_import_job", { model_id: "people", instance: "orders" }),
        /model_id must be the id of an import model/,
      );
      assert.match(
        await failure("start_import_job", { model_id: MODEL, instance: "orders", mode: "both" }),
        /mode: .*\nNo import job was started\.$/,
      );
      assert.match(
        await failure("start_import_job", { model_id: MODEL, instance: "demo" }),
        /NEO4J_USERNAME and NEO4J_PASSWORD are those of another instance.*credential <name>$/s,
      );
      assert.equal((await journal.find()).records.length, 0);
    });

    test("signs in with a login by its name, which shows nowhere", async () => {
      const bodies: string[] = [];
      const { client } = await connect({
        databases: (name) =>
          name !== "mine" ? undefined : {
            name,
            username: "neo4j",
            password: new Secret("password-of-demo"),
            uri: undefined,
            database: undefined,
            instanceId: "b2c3d4e5",
            source: "the host's",
            warnings: [],
          },
        async fetch(request) {
          if (POST.test(`${request.method} ${request.url}`)) {
            bodies.push(await request.clone().text());
          }
          return await fetch(request);
        },
      });
      const args = { model_id: MODEL, instance: "demo", credential: "mine" };
      const call = { name: "start_import_job", arguments: args };
      const answer = await client.callTool(call);
      assert.notEqual(answer.isError, true, JSON.stringify(answer));
      assert.ok(bodies.join().includes("password-of-demo"));
      assert.ok(!JSON.stringify(answer).includes("password-of-demo"));
      const unknown = await client.callTool({ ...call, arguments: { ...args, credential: "his" } });
      assert.match(JSON.stringify(unknown), /Cannot use the database credentials \\"his\\"/);
    });
  });

  describe("get_import_job", () => {
    test("tells how it stands, by its parts where that is wanted, and how it ended", async () => {
      aura.scriptImport({
        ...LONG,
        nodes: [{ labels: ["Person"], rows: 10 }],
        relationships: [{ type: "KNOWS", rows: 20 }],
      });
      const job_id = await started();
      const { result } = await connect();
      const now = await result("get_import_job", { job_id, progress: true });
      assert.match(String(now["state"]), /^(?:submitted|running)$/);
      assert.equal(now["next_step"], "wait_for_import_job waits for its end");
      const parts = now["parts"] as Job[];
      assert.deepEqual(parts.map(({ part, total_rows }) => [part, total_rows]), [
        [":Person", 10],
        ["KNOWS", 20],
      ]);
      await result("cancel_import_job", { job_id });
      await idle();
      const ended = await started();
      await idle();
      const then = await result("get_import_job", { job_id: ended });
      assert.equal(then["state"], "success");
      assert.equal(then["percent"], 100);
      assert.equal(then["instance_name"], "orders");
      assert.match(String(then["ended_at"]), /^\d{4}-.*Z$/);
      assert.equal(then["next_step"], undefined);
      assert.equal(then["parts"], undefined);
    });

    test("of one that failed tells the cause and the remedy", async () => {
      aura.scriptImport({ outcome: "Failure", message: "Data source id is required" });
      const job_id = await started();
      await idle();
      const { result } = await connect({ mode: "read" });
      const { state, message, cause, remedy, percent } = await result("get_import_job", { job_id });
      assert.deepEqual({ state, message, cause, remedy, percent }, {
        state: "failure",
        message: "Data source id is required",
        cause: "the model has no data source",
        remedy: "open the model in the Aura console, connect it to a data source and save it",
        percent: undefined,
      });
    });

    test("does not know what is not there, and finds what was started elsewhere", async () => {
      aura.scriptImport(LONG);
      const job_id = await started();
      const job = { job_id };
      const { result, failure } = await connect({
        mode: "read",
        state: { store: memoryStore(), journal: memoryJournal() },
      });
      assert.match(
        String((await result("get_import_job", job))["state"]),
        /^(?:submitted|running)$/,
      );
      const named = await result("get_import_job", { ...job, project: PROJECT });
      assert.equal(named["job_id"], job_id);
      assert.match(
        await failure("get_import_job", { job_id: "99999999-9999-4999-8999-999999999999" }),
        /^Cannot find import job 9999.*\nNext: list_known_import_jobs shows/s,
      );
      assert.match(await failure("get_import_job", { job_id: "../x" }), /is not an id/);
      assert.match(await failure("get_import_job", {}), /job_id/);
    });
  });

  describe("wait_for_import_job", () => {
    test("tells how far it is, with rising numbers, and how it ended", async () => {
      aura.scriptImport({ outcome: "Success", durationMs: 40_000 });
      const job_id = await started();
      const { client } = await connect({ mode: "read" });
      const told: { progress: number; message: string }[] = [];
      const { structuredContent } = await client.callTool(
        { name: "wait_for_import_job", arguments: { job_id } },
        undefined,
        { onprogress: ({ progress, message = "" }) => void told.push({ progress, message }) },
      );
      const { state, percent } = structuredContent as Job;
      assert.deepEqual({ state, percent }, { state: "success", percent: 100 });
      assert.match(told[0]?.message ?? "", new RegExp(`^import job ${job_id} into orders: `));
      const numbers = told.map(({ progress }) => progress);
      assert.deepEqual(numbers, [...new Set(numbers)].toSorted((left, right) => left - right));
      assert.ok(told.length > 1);
      assert.equal((await journal.findByJob(job_id))?.state, "success");
    });

    test("of one that fails, or is cancelled, has the news as its result", async () => {
      aura.scriptImport({ outcome: "Failure", message: "Data source id is required" });
      const failing = await started();
      const { result } = await connect({ mode: "read" });
      const failed = await result("wait_for_import_job", { job_id: failing });
      assert.equal(failed["state"], "failure");
      assert.match(String(failed["remedy"]), /connect it to a data source/);
      aura.scriptImport({ outcome: "Cancelled" });
      const cancelling = await started();
      const cancelled = await result("wait_for_import_job", { job_id: cancelling });
      assert.equal(cancelled["state"], "cancelled");
      assert.equal(cancelled["remedy"], undefined);
    });

    test("whose time is up gives the state, and how to go on", async () => {
      aura.scriptImport(LONG);
      const job_id = await started();
      const { result } = await connect({ mode: "read" });
      const waiting = await result("wait_for_import_job", { job_id, timeout_seconds: 5 });
      assert.equal(waiting["next_step"], `wait_for_import_job ${job_id} waits for it again`);
      const writing = await connect();
      const now = await writing.result("wait_for_import_job", { job_id, timeout_seconds: 5 });
      assert.match(String(now["state"]), /^(?:submitted|running)$/);
      assert.equal(
        now["next_step"],
        `wait_for_import_job ${job_id} waits for it again, cancel_import_job ends it`,
      );
    });

    test("that is cancelled leaves the job alone", async () => {
      aura.scriptImport(LONG);
      const job_id = await started();
      const { client, result } = await connect({ mode: "read" });
      const over = new AbortController();
      const call = client.callTool(
        { name: "wait_for_import_job", arguments: { job_id } },
        undefined,
        { signal: over.signal, onprogress: () => over.abort() },
      );
      await assert.rejects(call);
      const reads = aura.requests(GET).length;
      await aura.clock.sleep(2_000);
      assert.ok(aura.requests(GET).length <= reads + 1);
      const now = await result("get_import_job", { job_id });
      assert.match(String(now["state"]), /^(?:submitted|running)$/);
    });
  });

  describe("cancel_import_job", () => {
    test("asks for its end, and once more does no harm", async () => {
      aura.scriptImport(LONG);
      const job_id = await started();
      const { result } = await connect();
      const first = await result("cancel_import_job", { job_id });
      assert.match(String(first["notes"]), /^Aura was asked to cancel import job /);
      const second = await result("cancel_import_job", { job_id });
      const ended = await result("wait_for_import_job", { job_id });
      assert.equal(ended["state"], "cancelled");
      const third = await result("cancel_import_job", { job_id });
      assert.equal(third["state"], "cancelled");
      assert.deepEqual(third["notes"], [
        `Import job ${job_id} is cancelled already; nothing was sent`,
      ]);
      for (const { job_id: id } of [first, second, third]) assert.equal(id, job_id);
      assert.equal((await journal.findByJob(job_id))?.state, "cancelled");
    });

    test("cannot end what has ended otherwise, or what is not there", async () => {
      const job_id = await started();
      await idle();
      const { failure } = await connect();
      assert.match(
        await failure("cancel_import_job", { job_id }),
        /it ended as Success before\nThe import job was not cancelled\.\nNext: what it has imported stays$/,
      );
      assert.match(
        await failure("cancel_import_job", { job_id: "99999999-9999-4999-8999-999999999999" }),
        /^Cannot find import job .*\nThe import job was not cancelled\.\n/s,
      );
      assert.equal(aura.requests(CANCEL).length, 0);
      const { tools } = await (await connect({ mode: "wake" })).client.listTools();
      const names = tools.map(({ name }) => name);
      assert.ok(!names.includes("cancel_import_job") && !names.includes("start_import_job"));
    });
  });

  describe("list_known_import_jobs", () => {
    test("lists the latest first, in pages, and asks nobody", async () => {
      const ids: string[] = [];
      for (const instance of ["orders", "orders", "orders"]) {
        ids.unshift(await started(instance));
        await idle();
      }
      aura.clearRequests();
      const { result, failure } = await connect({ mode: "read" });
      const first = await result("list_known_import_jobs", { limit: 2 });
      const [latest] = first["jobs"] as Job[];
      assert.deepEqual((first["jobs"] as Job[]).map(({ job_id }) => job_id), ids.slice(0, 2));
      assert.equal(latest?.["state"], "submitted");
      assert.equal(latest?.["model_id"], MODEL);
      const cursor = first["next_cursor"];
      const second = await result("list_known_import_jobs", { limit: 2, cursor });
      assert.deepEqual((second["jobs"] as Job[]).map(({ job_id }) => job_id), ids.slice(2));
      assert.equal(second["next_cursor"], undefined);

      const byName = await result("list_known_import_jobs", { instance: "orders" });
      assert.equal((byName["jobs"] as Job[]).length, 3);
      const none = await result("list_known_import_jobs", { state: "failure" });
      assert.deepEqual(none["jobs"], []);
      assert.match(String(none["notes"]), /^No such import job is known/);
      assert.match(await failure("list_known_import_jobs", { cursor: "x" }), /leave cursor out/);
      assert.match(await failure("list_known_import_jobs", { state: "over" }), /state/);
      assert.equal(aura.requests().length, 0);
    });

    test("says that it asks nobody, in its hints", async () => {
      const { tools } = await (await connect()).client.listTools();
      const hints = Object.fromEntries(tools.map(({ name, annotations }) => [name, annotations]));
      assert.equal(hints["list_known_import_jobs"]?.openWorldHint, false);
      assert.deepEqual(hints["cancel_import_job"], {
        readOnlyHint: false,
        destructiveHint: true,
        idempotentHint: true,
        openWorldHint: true,
      });
      assert.deepEqual(hints["start_import_job"], {
        readOnlyHint: false,
        destructiveHint: true,
        idempotentHint: false,
        openWorldHint: true,
      });
    });
  });
});
