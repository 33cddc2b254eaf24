import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import {
  type Emulator,
  type EmulatorOptions,
  startEmulator,
} from "../../../../src/emulator/mod.ts";
import { type Connected, type ConnectOptions, connectTo } from "../../connect.ts";

const ONE = "11111111-2222-4333-8444-555555555555";
const TWO = "22222222-2222-4333-8444-555555555555";
const CREATE = "POST /v1/instances";
const PAID = {
  name: "orders",
  project: "Production",
  type: "professional-db",
  cloud_provider: "gcp",
  region: "europe-west1",
  memory: "4GB",
};

describe("create_instance", () => {
  let folder: string;
  let aura: Emulator;
  let open: Connected[];

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "aura-wake-mcp-"));
  });
  after(() => rm(folder, { recursive: true }));
  beforeEach(async () => {
    open = [];
    aura = await start();
  });
  afterEach(async () => {
    for (const { close } of open) await close();
    await aura.close();
    for (const file of await readdir(folder)) await rm(join(folder, file));
  });

  async function start(options: EmulatorOptions = {}): Promise<Emulator> {
    return await startEmulator({
      clock: { scale: 20 },
      requestsPerMinute: false,
      tenants: [{ id: ONE, name: "Production" }, { id: TWO, name: "Staging" }],
      instances: [{ id: "a1b2c3d4", name: "there", type: "professional-db" }],
      ...options,
    });
  }

  async function connect(options: ConnectOptions = {}): Promise<Connected> {
    const connected = await connectTo(aura, {
      mode: "write",
      secretsFolder: folder,
      clock: aura.clock,
      ...options,
    });
    open.push(connected);
    return connected;
  }

  test("create_instance() creates it, keeps the password in a file, and shows it nowhere", async () => {
    const { client, result } = await connect();
    const { structuredContent, content } = await client.callTool({
      name: "create_instance",
      arguments: PAID,
    });
    const told = structuredContent as Record<string, string>;
    const { id, credentials_file: path = "", ...rest } = told;
    assert.deepEqual(rest, {
      name: "orders",
      status: "creating",
      cost:
        "billed by the hour for 4GB of professional-db until it is deleted, about a fifth of that while paused",
      next_step: `wait_for_instance ${id} until running`,
    });
    assert.ok(path.startsWith(join(folder, `Neo4j-${id}-Created-`)), path);
    assert.equal((await stat(path)).mode & 0o777, 0o600);
    const password = /NEO4J_PASSWORD=(\S+)/.exec(await readFile(path, "utf8"))?.[1] ?? "";
    assert.ok(password.length >= 8);
    assert.ok(!JSON.stringify([structuredContent, content]).includes(password));
    const waited = await result("wait_for_instance", { instance: id });
    assert.equal(waited["reached"], true);
    const seen = await result("get_instance", { instance: "orders" });
    assert.deepEqual([seen["memory"], seen["project_id"]], ["4GB", ONE]);
  });

  test("create_instance() shows with dry_run what would be, and creates nothing", async () => {
    const { result } = await connect();
    const told = await result("create_instance", { ...PAID, dry_run: true });
    assert.deepEqual(told["would_create"], {
      name: "orders",
      type: "professional-db",
      memory: "4GB",
      cloud_provider: "gcp",
      region: "europe-west1",
      version: "5",
      tenant_id: ONE,
    });
    assert.equal(told["status"], "not created");
    const choices = told["choices"] as Record<string, string[]>;
    assert.ok(choices["type"]?.includes("business-critical"));
    assert.ok(choices["region"]?.includes("gcp europe-west1"));
    assert.deepEqual(choices["memory"]?.slice(0, 4), ["1GB", "2GB", "4GB", "8GB"]);
    assert.equal(aura.requests(CREATE).length, 0);
    assert.deepEqual(await readdir(folder), []);
  });

  test("create_instance() tells with dry_run what has to be chosen, and what is in the way", async () => {
    const { result } = await connect();
    const open = { project: ONE, name: "orders", type: "professional-db", dry_run: true };
    const undecided = await result("create_instance", open);
    assert.equal(undecided["would_create"], undefined);
    assert.match(
      String(undecided["notes"]),
      /^Cannot create instance: a professional-db needs memory and region/,
    );
    assert.ok((undecided["choices"] as Record<string, string[]>)["memory"]?.includes("8GB"));
    const twin = await result("create_instance", { ...PAID, name: "there", dry_run: true });
    assert.match(String(twin["notes"]), /one of this name is in the project already \(a1b2c3d4\)/);
    const free = await result("create_instance", { ...open, type: "free-db" });
    assert.match(String(free["cost"]), /^nothing; Aura allows one Free instance/);
    assert.equal((free["would_create"] as Record<string, unknown>)["memory"], "1GB");
  });

  test("create_instance() refuses a name that the project has, and takes it in another one", async () => {
    const { result, failure } = await connect();
    assert.equal(
      await failure("create_instance", { ...PAID, name: "there" }),
      'Cannot create instance "there": one of this name is in the project already (a1b2c3d4)\n' +
        "No instance was created.\nNext: use a1b2c3d4, or choose another name",
    );
    assert.equal(aura.requests(CREATE).length, 0);
    assert.deepEqual(await readdir(folder), []);
    const other = await result("create_instance", { ...PAID, name: "there", project: "Staging" });
    assert.equal(other["status"], "creating");
  });

  test("create_instance() creates one when it is called twice at the same time", async () => {
    const { client } = await connect();
    const call = { name: "create_instance", arguments: PAID };
    const both = await Promise.all([client.callTool(call), client.callTool(call)]);
    assert.equal(both.filter(({ isError }) => isError).length, 1);
    assert.equal(aura.requests(CREATE).length, 1);
    assert.match(JSON.stringify(both), /is being created by another call/);
    // And then the list knows it.
    assert.equal((await client.callTool(call)).isError, true);
    assert.equal(aura.instances().length, 2);
  });

  test("create_instance() creates nothing where there is no place for the password", async () => {
    // A file where a folder should be.
    await writeFile(join(folder, "taken"), "");
    const { failure } = await connect({ secretsFolder: join(folder, "taken") });
    const text = await failure("create_instance", PAID);
    assert.match(text, /nothing was sent[^\n]*\nNo instance was created\./);
    assert.equal(aura.requests(CREATE).length, 0);
  });

  test("create_instance() gives the password to the host's own sink", async () => {
    const kept: string[] = [];
    const { result } = await connect({
      secrets: {
        open: ({ name }) =>
          Promise.resolve({
            path: `vault/${name}`,
            write: (text) => Promise.resolve(void kept.push(text)),
            discard: () => Promise.resolve(),
          }),
      },
    });
    const told = await result("create_instance", PAID);
    assert.equal(told["credentials_file"], "vault/orders");
    assert.match(String(kept), /NEO4J_PASSWORD=\S+/);
  });

  test("create_instance() takes the place away when Aura refuses", async () => {
    await aura.close();
    aura = await start({ billing: false });
    const { failure } = await connect();
    const text = await failure("create_instance", PAID);
    assert.match(text, /billing details/);
    assert.match(text, /\nNo instance was created\./);
    assert.deepEqual(await readdir(folder), []);
  });

  test("create_instance() says that it may exist when no answer came", async () => {
    const { failure } = await connect();
    aura.fault(CREATE, { reset: true, carriedOut: true });
    const text = await failure("create_instance", PAID);
    assert.match(text, /^Cannot tell whether instance "orders" was created/);
    assert.doesNotMatch(text, /No instance was created/);
    assert.match(text, /Next: look for it with list_instances/);
    assert.equal(aura.requests(CREATE).length, 1);
  });

  test("create_instance() keeps the password of what was created for a call that was cancelled", async () => {
    const { client } = await connect();
    aura.fault(CREATE, { delayMs: 4_000 });
    const leaving = new AbortController();
    const creating = client.callTool(
      { name: "create_instance", arguments: PAID },
      undefined,
      { signal: leaving.signal },
    );
    creating.catch(() => {});
    while (aura.requests(CREATE).length === 0) await aura.clock.sleep(100);
    leaving.abort();
    await assert.rejects(creating);
    await aura.clock.sleep(10_000);
    const made = aura.instances().find(({ name }) => name === "orders");
    const [file = ""] = await readdir(folder);
    assert.ok(file.startsWith(`Neo4j-${made?.id}-Created-`), file);
    assert.match(await readFile(join(folder, file), "utf8"), /NEO4J_PASSWORD=\S+/);
  });

  test("create_instance() clones an instance", async () => {
    const { result, failure } = await connect();
    const told = await result("create_instance", {
      ...PAID,
      clone_from: "there",
      dry_run: true,
    });
    const { source_instance_id } = told["would_create"] as Record<string, unknown>;
    assert.equal(source_instance_id, "a1b2c3d4");
    assert.match(
      await failure("create_instance", { ...PAID, clone_from: "nowhere" }),
      /^Cannot find instance "nowhere".*\nNo instance was created\./,
    );
  });

  test("create_instance() refuses what cannot be, before anything is sent", async () => {
    const { failure } = await connect();
    assert.match(
      await failure("create_instance", { ...PAID, memory: "7GB" }),
      /^Cannot create instance: in project Production there is no type professional-db memory 7GB[^\n]*\nNo instance was created\.\nNext: .*memory can be .*create_instance with dry_run shows all/,
    );
    assert.match(
      await failure("create_instance", { ...PAID, project: undefined }),
      /^Cannot tell which project is meant: there are 2\nNo instance was created\.\nNext: add project/,
    );
    assert.match(
      await failure("create_instance", { ...PAID, password: "mine" }),
      /there is no argument "password": .*\nNo instance was created\.$/,
    );
    assert.equal(aura.requests(CREATE).length, 0);
  });

  test("create_instance() is there neither for a server that may not write nor for one of one instance", async () => {
    for (const options of [{ mode: "wake" }, { mode: "write", instance: "there" }] as const) {
      const { client } = await connect(options);
      const { tools } = await client.listTools();
      assert.ok(!tools.some(({ name }) => name === "create_instance"));
    }
    const { client, result } = await connect({ project: "Staging" });
    const { tools } = await client.listTools();
    const listed = tools.find(({ name }) => name === "create_instance");
    assert.equal(listed?.inputSchema.properties?.["project"], undefined);
    const { project: _project, ...rest } = PAID;
    const told = await result("create_instance", { ...rest, dry_run: true });
    assert.equal((told["would_create"] as Record<string, unknown>)["tenant_id"], TWO);
  });
});
