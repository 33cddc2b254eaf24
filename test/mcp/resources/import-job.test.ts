import assert from "node:assert/strict";
import { after, afterEach, before, describe, test } from "node:test";
// @ts-types="@modelcontextprotocol/sdk/types"
import { ResourceUpdatedNotificationSchema } from "@modelcontextprotocol/sdk/types.js";
import { type Emulator, startEmulator } from "../../../src/emulator/mod.ts";
import type { JobRecord } from "../../../src/store/journal.ts";
import { memoryJournal } from "../../../src/store/memory-journal.ts";
import { memoryStore } from "../../../src/store/memory.ts";
import { type Connected, type ConnectOptions, connectTo } from "../connect.ts";
import { complete, readJson } from "./read.ts";

const ONE = "11111111-2222-4333-8444-555555555555";
const TWO = "22222222-2222-4333-8444-555555555555";
const ORG = "44444444-2222-4333-8444-555555555555";
const MODEL = "66666666-7777-4888-8999-aaaaaaaaaaaa";
const URI = "aura://import-jobs/{id}";
const NO_JOB = "aura://import-jobs/00000000-0000-4000-8000-000000000000";
const MISSING = { code: -32002 };

/** A record that a start would have written. */
function record(key: string, fields: Partial<JobRecord> = {}): JobRecord {
  return {
    key,
    kind: "import",
    instanceId: "aaaa0001",
    instanceName: "orders",
    organizationId: ORG,
    projectId: ONE,
    modelId: MODEL,
    importType: "online",
    state: "unconfirmed",
    startedAt: Date.UTC(2026, 1, 1, 12),
    updatedAt: Date.UTC(2026, 1, 1, 12),
    ...fields,
  };
}

describe("aura://import-jobs/{id}", () => {
  let aura: Emulator;
  const open: Connected[] = [];

  before(async () => {
    aura = await startEmulator({
      clock: "manual",
      requestsPerMinute: false,
      instances: [
        { id: "aaaa0001", name: "orders", type: "professional-db", engine: "canned" },
        {
          id: "bbbb0002",
          name: "movies",
          type: "professional-db",
          engine: "canned",
          tenantId: TWO,
        },
      ],
      tenants: [{ id: ONE, name: "Prod" }, { id: TWO, name: "Play" }],
      organizations: [{ id: ORG, name: "Org" }],
    });
  });
  after(() => aura.close());
  afterEach(async () => {
    for (const connected of open.splice(0)) await connected.close();
    aura.clearRequests();
  });

  async function connect(options: ConnectOptions = {}): Promise<Connected> {
    const connected = await connectTo(aura, { mode: "write", ...options });
    open.push(connected);
    return connected;
  }

  async function start(connected: Connected, instance: string): Promise<string> {
    const { job_id } = await connected.result("start_import_job", { model_id: MODEL, instance });
    return String(job_id);
  }

  async function listed({ client }: Connected): Promise<string[]> {
    const { resources } = await client.listResources();
    return resources.map(({ uri }) => uri).filter((uri) => uri.startsWith("aura://import-jobs/"));
  }

  test("tells what the API says and what is written down, by id and by key", async () => {
    const connected = await connect();
    const id = await start(connected, "orders");
    await aura.advance(60_000);
    const shown = await readJson(connected, `aura://import-jobs/${id}`);
    assert.equal(shown["job_id"], id);
    assert.equal(shown["state"], "success");
    assert.equal(shown["model_id"], MODEL);
    const byKey = await readJson(connected, `aura://import-jobs/${String(shown["key"])}`);
    assert.equal(byKey["job_id"], id);
  });

  test("a failed one tells its cause and the remedy", async () => {
    const connected = await connect();
    aura.scriptImport({ outcome: "Failure", message: "Aura instance is used in another import" });
    const id = await start(connected, "orders");
    await aura.advance(60_000);
    const { state, message, cause, remedy } = await readJson(connected, `aura://import-jobs/${id}`);
    assert.equal(state, "failure");
    assert.equal(message, "Aura instance is used in another import");
    assert.ok(cause);
    assert.ok(remedy);
  });

  test("one that nobody knows the id of is told by its record, and Aura is not asked", async () => {
    const journal = memoryJournal();
    await journal.append(record("key-1"));
    const connected = await connect({ state: { store: memoryStore(), journal } });
    const shown = await readJson(connected, "aura://import-jobs/key-1");
    assert.equal(shown["state"], "unconfirmed");
    assert.equal(shown["key"], "key-1");
    assert.deepEqual(await listed(connected), ["aura://import-jobs/key-1"]);
    assert.deepEqual(aura.requests("GET /v2beta1/organizations/*"), []);
  });

  test("what there is not is -32002, and a failure of the API is told in words", async () => {
    const connected = await connect({ clock: aura.clock });
    const { client } = connected;
    // With two projects nothing tells where it should be; with one, Aura says that it is not there.
    for (const uri of [NO_JOB, "aura://import-jobs/..%2F..", "aura://import-jobs/a%20b"]) {
      await assert.rejects(client.readResource({ uri }), MISSING, uri);
    }
    const { client: narrow } = await connect({ project: "Prod" });
    await assert.rejects(narrow.readResource({ uri: NO_JOB }), MISSING);
    await assert.rejects(narrow.readResource({ uri: "aura://import-jobs/a%20b" }), MISSING);
    const id = await start(connected, "orders");
    const handle = aura.fault("GET /v2beta1/organizations/:org/projects/:project/import/jobs/:id", {
      status: 500,
    }, 9);
    const failed = assert.rejects(
      client.readResource({ uri: `aura://import-jobs/${id}` }),
      /Cannot get import job/,
    );
    for (let second = 0; second < 20; second++) {
      await aura.advance(1_000);
      await new Promise((go) => setTimeout(go, 5));
    }
    await failed;
    handle.cancel();
    await aura.advance(60_000);
  });

  test("one that was started elsewhere is found where there is one project", async () => {
    const id = await start(await connect(), "movies");
    const elsewhere = await connect({ project: "Play" });
    const shown = await readJson(elsewhere, `aura://import-jobs/${id}`);
    assert.equal(shown["instance_id"], "bbbb0002");
    assert.equal(shown["key"], undefined);
    const { client } = await connect({ project: "Prod" });
    await assert.rejects(client.readResource({ uri: `aura://import-jobs/${id}` }), MISSING);
    const { client: narrow } = await connect({ instance: "orders" });
    await assert.rejects(narrow.readResource({ uri: `aura://import-jobs/${id}` }), MISSING);
    await aura.advance(60_000);
  });

  test("scope and a guest's key decide what is listed, completed and read", async () => {
    const journal = memoryJournal();
    await journal.append(record("key-orders"));
    await journal.append(
      record("key-movies", { instanceId: "bbbb0002", instanceName: "movies", projectId: TWO }),
    );
    const foreign = "99999999-2222-4333-8444-555555555555";
    await journal.append(
      record("key-foreign", { projectId: foreign, state: "submitted", jobId: "job-foreign" }),
    );
    const state = { store: memoryStore(), journal };
    const env = aura.env();
    const guest = {
      id: "guest",
      aura: {
        clientId: env["AURA_CLIENT_ID"] ?? "",
        clientSecret: env["AURA_CLIENT_SECRET"] ?? "",
      },
    };
    const seen = async (options: ConnectOptions): Promise<string[]> => {
      const connected = await connect({ state, ...options });
      const addresses = (await listed(connected)).map((uri) => uri.split("/").at(-1) ?? "");
      const completed = await complete(connected, { uri: URI }, { name: "id", value: "" });
      assert.deepEqual(addresses.toSorted(), completed.toSorted());
      return completed.toSorted();
    };
    assert.deepEqual(await seen({}), ["job-foreign", "key-movies", "key-orders"]);
    assert.deepEqual(await seen({ project: "Play" }), ["key-movies"]);
    assert.deepEqual(await seen({ instance: "orders", project: "Prod" }), ["key-orders"]);
    assert.deepEqual(await seen({ caller: guest }), ["key-movies", "key-orders"]);
    const { client } = await connect({ state, caller: guest });
    for (const hidden of ["key-foreign", "job-foreign"]) {
      await assert.rejects(client.readResource({ uri: `aura://import-jobs/${hidden}` }), MISSING);
      await assert.rejects(
        client.subscribeResource({ uri: `aura://import-jobs/${hidden}` }),
        MISSING,
      );
    }
  });

  test("is completed by the beginning of the id or of the key", async () => {
    const journal = memoryJournal();
    await journal.append(record("key-1", { state: "submitted", jobId: "job-1" }));
    await journal.append(record("key-2"));
    const connected = await connect({ state: { store: memoryStore(), journal } });
    const id = (value: string): Promise<string[]> =>
      complete(connected, { uri: URI }, { name: "id", value });
    assert.deepEqual(await id("key-"), ["key-2", "job-1"]);
    assert.deepEqual(await id("job"), ["job-1"]);
    assert.deepEqual(await id("zzz"), []);
  });

  test("who subscribes hears how far it is, until it is over", async () => {
    const connected = await connect({ clock: aura.clock });
    const told: string[] = [];
    connected.client.setNotificationHandler(
      ResourceUpdatedNotificationSchema,
      ({ params: { uri } }) => {
        told.push(uri);
      },
    );
    const id = await start(connected, "orders");
    const uri = `aura://import-jobs/${id}`;
    await connected.client.subscribeResource({ uri });
    for (let second = 0; second < 30; second++) {
      await aura.advance(1_000);
      await new Promise((go) => setTimeout(go, 5));
    }
    assert.ok(told.length > 0);
    assert.equal((await readJson(connected, uri))["state"], "success");
    aura.clearRequests();
    await aura.advance(60_000);
    assert.deepEqual(aura.requests(), []);
  });

  test("is gone where the toolset is off", async () => {
    const { client } = await connect({ toolsets: ["core", "instances"] });
    const { resourceTemplates } = await client.listResourceTemplates();
    assert.deepEqual(resourceTemplates.map(({ uriTemplate }) => uriTemplate), [
      "aura://instances/{id}",
      "aura://projects/{id}",
    ]);
    await assert.rejects(client.readResource({ uri: NO_JOB }), MISSING);
  });
});
