import assert from "node:assert/strict";
import { after, afterEach, before, describe, test } from "node:test";
import { filterJournal } from "../../../../mcp/tools/imports/visible-journal.ts";
import { type Emulator, startEmulator } from "../../../../src/emulator/mod.ts";
import type { JobRecord, Journal } from "../../../../src/store/journal.ts";
import { memoryJournal } from "../../../../src/store/memory-journal.ts";
import { memoryStore } from "../../../../src/store/memory.ts";
import { type Connected, type ConnectOptions, connectTo } from "../../connect.ts";

const MODEL = "66666666-7777-4888-8999-aaaaaaaaaaaa";
const OURS = "11111111-2222-4333-8444-555555555555";
const THEIRS = "99999999-2222-4333-8444-555555555555";
const CANCEL = /^POST .*\/cancellation$/;

type Job = Readonly<Record<string, unknown>>;

function record(index: number, changes: Partial<JobRecord> = {}): JobRecord {
  return {
    key: `key-${String(index).padStart(4, "0")}`,
    kind: "import",
    instanceId: "a1b2c3d4",
    organizationId: "22222222-3333-4444-8555-666666666666",
    projectId: OURS,
    modelId: MODEL,
    importType: "online",
    state: "success",
    jobId: `job-${index}`,
    startedAt: index,
    updatedAt: index,
    ...changes,
  };
}

describe("import jobs of others", () => {
  let aura: Emulator;
  let journal: Journal;
  /** By the name of the instance. */
  const jobs: Record<string, string> = {};
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

  async function listed({ result }: Connected): Promise<unknown[]> {
    const { jobs } = await result("list_known_import_jobs");
    return (jobs as Job[]).map(({ job_id, key }) => job_id ?? key);
  }

  before(async () => {
    aura = await startEmulator({
      requestsPerMinute: false,
      clock: { scale: 100 },
      // Longer than the tests take.
      importMs: 100_000_000,
      tenants: [{ id: OURS, name: "Ours" }, { id: THEIRS, name: "Theirs" }],
      clients: [
        { clientId: "local-aura-client", clientSecret: "local-aura-secret" },
        { clientId: "guest", clientSecret: "guest-secret" },
      ],
      instances: [
        { id: "a1b2c3d4", name: "orders", type: "professional-db", tenantId: OURS },
        { id: "b2c3d4e5", name: "stock", type: "professional-db", tenantId: OURS },
        { id: "c3d4e5f6", name: "secret", type: "professional-db", tenantId: THEIRS },
      ],
    });
    journal = memoryJournal();
    const { result } = await connect();
    for (const instance of ["orders", "stock", "secret"]) {
      const { job_id } = await result("start_import_job", { model_id: MODEL, instance });
      jobs[instance] = String(job_id);
    }
    await journal.append(record(1, {
      key: "key-of-theirs",
      projectId: THEIRS,
      instanceId: "c3d4e5f6",
      state: "unconfirmed",
      jobId: undefined,
      message: "canary of theirs",
    }));
  });
  afterEach(async () => {
    for (const { close } of open.splice(0)) await close();
    aura.clearRequests();
  });
  after(() => aura.close());

  /** None of the three tools finds it, and none sends a cancellation. */
  async function assertHidden({ failure }: Connected, ids: readonly string[]): Promise<void> {
    for (const job_id of ids) {
      for (const tool of ["get_import_job", "wait_for_import_job", "cancel_import_job"]) {
        const text = await failure(tool, { job_id });
        assert.match(text, /^Cannot find import job /, `${tool} ${job_id}`);
        assert.doesNotMatch(text, /canary|c3d4e5f6|99999999/);
      }
    }
    assert.equal(aura.requests(CANCEL).length, 0);
  }

  test("are not there in a server that is narrowed to one instance", async () => {
    for (const instance of ["orders", "a1b2c3d4"]) {
      const connected = await connect({ instance });
      assert.deepEqual(await listed(connected), [jobs["orders"]]);
      const job_id = jobs["orders"];
      const found = await connected.result("get_import_job", { job_id });
      assert.equal(found["instance_id"], "a1b2c3d4");
      await assertHidden(connected, [jobs["stock"] ?? "", jobs["secret"] ?? "", "key-of-theirs"]);
    }
  });

  test("are not there either where nothing is written down", async () => {
    const state = { store: memoryStore(), journal: memoryJournal() };
    const connected = await connect({ instance: "orders", state });
    const job_id = jobs["orders"];
    assert.equal((await connected.result("get_import_job", { job_id }))["job_id"], job_id);
    await assertHidden(connected, [jobs["stock"] ?? "", jobs["secret"] ?? ""]);
    const unknown = "99999999-9999-4999-8999-999999999999";
    const [hidden, missing] = [
      await connected.failure("get_import_job", { job_id: jobs["stock"] }),
      await connected.failure("get_import_job", { job_id: unknown }),
    ];
    assert.equal(hidden.replace(jobs["stock"] ?? "", ""), missing.replace(unknown, ""));
  });

  test("are not there in a server that is narrowed to one project", async () => {
    for (const project of ["Ours", OURS]) {
      const connected = await connect({ project });
      assert.deepEqual(await listed(connected), [jobs["stock"], jobs["orders"]]);
      await assertHidden(connected, [jobs["secret"] ?? "", "key-of-theirs"]);
      const { tools } = await connected.client.listTools();
      for (const { name, inputSchema } of tools) {
        assert.ok(!("project" in (inputSchema.properties ?? {})), name);
      }
      const now = await connected.result("get_import_job", { job_id: jobs["stock"] });
      assert.equal(now["instance_id"], "b2c3d4e5");
    }
  });

  test("are not there for a caller with an own key that does not see their project", async () => {
    /** Aura, as it would answer such a key. */
    async function fetchAsGuest(request: Request): Promise<Response> {
      const { pathname } = new URL(request.url);
      if (pathname.includes(THEIRS) || pathname.includes("c3d4e5f6")) {
        return Response.json({ errors: [{ message: "Forbidden", reason: "forbidden" }] }, {
          status: 403,
        });
      }
      const response = await fetch(request);
      if (!/\/(?:tenants|projects)$/.test(pathname)) return response;
      const { data } = await response.json() as { data: { id: string }[] };
      return Response.json({ data: data.filter(({ id }) => id !== THEIRS) });
    }
    const guest = await connect({
      caller: { id: "guest", aura: { clientId: "guest", clientSecret: "guest-secret" } },
      fetch: fetchAsGuest,
    });
    assert.deepEqual(await listed(guest), [jobs["stock"], jobs["orders"]]);
    const mine = await guest.result("get_import_job", { job_id: jobs["stock"] });
    assert.equal(mine["instance_name"], "stock");
    await assertHidden(guest, [jobs["secret"] ?? "", "key-of-theirs"]);
    const text = await guest.failure("get_import_job", { job_id: jobs["secret"], project: THEIRS });
    assert.doesNotMatch(text, /canary|secret\b|c3d4e5f6/);

    const started = await guest.result("start_import_job", { model_id: MODEL, instance: "orders" });
    const job_id = String(started["job_id"]);
    assert.equal((await journal.findByJob(job_id))?.state, "submitted");
    assert.ok((await listed(guest)).includes(job_id));
  });
});

describe("filterJournal()", () => {
  test("turns pages of those that are there, each as long as was asked for", async () => {
    const journal = memoryJournal();
    for (let index = 0; index < 1_000; index++) {
      await journal.append(record(index, index % 7 === 0 ? {} : { projectId: THEIRS }));
    }
    const wanted = Array.from({ length: 143 }, (_, index) => (142 - index) * 7);
    const ours = filterJournal(journal, ({ projectId }) => projectId === OURS);
    for (const limit of [1, 10, 28, 29, 100, 143, 200]) {
      const seen: number[] = [];
      let cursor: string | undefined;
      do {
        const page = await ours.find({ limit, cursor });
        assert.ok(page.records.length <= limit);
        if (page.cursor !== undefined) assert.equal(page.records.length, limit);
        seen.push(...page.records.map(({ startedAt }) => startedAt));
        cursor = page.cursor;
      } while (cursor !== undefined);
      assert.deepEqual(seen, wanted, `limit ${limit}`);
    }
    assert.equal(await ours.get("key-0001"), undefined);
    assert.equal((await ours.get("key-0007"))?.startedAt, 7);
    assert.equal(await ours.findByJob("job-1"), undefined);
    assert.equal((await ours.findByJob("job-7"))?.startedAt, 7);
  });
});
