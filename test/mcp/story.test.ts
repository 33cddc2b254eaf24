import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { type Emulator, startEmulator } from "../../src/emulator/mod.ts";
import { type Connected, connectTo } from "./connect.ts";

const MODEL = "66666666-7777-4888-8999-aaaaaaaaaaaa";
const TYPES = "type Person @node {\n  name: String!\n}\n";

type Row = Readonly<Record<string, unknown>>;

interface Told {
  readonly progress: number;
  readonly message: string;
}

describe("an assistant with the server", () => {
  let aura: Emulator;
  let folder: string;
  let assistant: Connected;
  /** All that came back to it. */
  const heard: string[] = [];

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "aura-wake-story-"));
    aura = await startEmulator({
      requestsPerMinute: false,
      clock: { scale: 20 },
      resumeMs: 20_000,
      importMs: 20_000,
      dataApiMs: 5_000,
      instances: [
        { id: "a1b2c3d4", name: "orders", type: "professional-db", status: "paused" },
        { id: "b2c3d4e5", name: "stock", type: "professional-db" },
      ],
    });
    aura.scriptImport({
      outcome: "Success",
      nodes: [{ labels: ["Person"], rows: 3 }],
      cypher: "UNWIND ['Ada', 'Grace', 'Edsger'] AS name CREATE (:Person {name: name})",
    });
    assistant = await connectTo(aura, {
      mode: "write",
      toolsets: ["core", "instances", "imports", "graphql", "database"],
      clock: aura.clock,
      secretsFolder: folder,
    });
  });
  after(async () => {
    await assistant.close();
    await aura.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function use(name: string, args: Record<string, unknown> = {}): Promise<[Row, Told[]]> {
    const told: Told[] = [];
    const { structuredContent, isError, content } = await assistant.client.callTool(
      { name, arguments: args },
      undefined,
      { onprogress: ({ progress, message = "" }) => void told.push({ progress, message }) },
    );
    heard.push(JSON.stringify([structuredContent, content, told]));
    assert.notEqual(isError, true, `${name}: ${JSON.stringify(content)}`);
    const numbers = told.map(({ progress }) => progress);
    assert.deepEqual(numbers, [...new Set(numbers)].toSorted((left, right) => left - right));
    return [structuredContent as Row, told];
  }

  test("lists, wakes, imports, deploys, and sees it ready", { timeout: 60_000 }, async () => {
    const [{ instances }] = await use("list_instances");
    const [orders] = (instances as Row[]).filter(({ status }) => status === "paused");
    assert.equal(orders?.["name"], "orders");
    const instance = String(orders?.["id"]);

    const [woken, onTheWay] = await use("resume_instance", { instance });
    assert.equal(woken["was"], "paused");
    assert.equal(woken["state"], "queryable");
    assert.ok(onTheWay.length > 0);

    const [started] = await use("start_import_job", { model_id: MODEL, instance });
    const job_id = started["job_id"];
    assert.match(
      String(started["next_step"]),
      new RegExp(`^wait_for_import_job ${String(job_id)} `),
    );
    const [ended, steps] = await use("wait_for_import_job", { job_id });
    assert.deepEqual([ended["state"], ended["percent"]], ["success", 100]);
    assert.ok(steps.some(({ message }) => message.includes("into orders: ")));
    const [{ jobs }] = await use("list_known_import_jobs", { instance });
    assert.deepEqual((jobs as Row[]).map(({ state, job_id }) => [state, job_id]), [
      ["success", job_id],
    ]);
    const [{ rows }] = await use("read_cypher", {
      instance,
      query: "MATCH (person:Person) RETURN count(person) AS people",
    });
    assert.match(JSON.stringify(rows), /3/);

    const [checked] = await use("check_type_definitions", { type_definitions: TYPES });
    assert.equal(checked["valid"], true);
    const [deployed] = await use("deploy_graphql_api", {
      instance,
      name: "people",
      type_definitions: TYPES,
    });
    assert.deepEqual([deployed["action"], deployed["status"]], ["create", "ready"]);
    const api = deployed["id"];
    const [shown] = await use("get_graphql_api", {
      instance,
      api: "people",
      include_type_definitions: true,
    });
    assert.deepEqual([shown["id"], shown["status"], shown["errors"]], [api, "ready", []]);
    assert.equal(shown["type_definitions"], TYPES);

    // Once more changes nothing, nor does it cost anything.
    aura.clearRequests();
    const [again] = await use("resume_instance", { instance });
    assert.equal(again["was"], "running");
    const [same] = await use("deploy_graphql_api", {
      instance,
      name: "people",
      type_definitions: TYPES,
    });
    assert.equal(same["action"], "unchanged");
    assert.deepEqual(
      aura.requests().filter(({ method, path }) =>
        method !== "GET" && !path.endsWith("/oauth/token")
      ),
      [],
    );

    // The key is where only its owner reads it, and nowhere else.
    const file = String(deployed["credentials_file"]);
    const [, key = ""] =
      /(?:API_KEY|KEY)\w*=["']?([^"'\s]{8,})/i.exec(await readFile(file, "utf8")) ?? [];
    assert.notEqual(key, "");
    assert.equal((await stat(file)).mode & 0o777, 0o600);
    for (const secret of [key, "local-aura-password", "local-aura-secret"]) {
      assert.ok(!heard.join("\n").includes(secret));
    }
  });
});
