// @ts-types="@modelcontextprotocol/sdk/types"
import { ResourceUpdatedNotificationSchema } from "@modelcontextprotocol/sdk/types.js";
import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, beforeEach, describe, test } from "node:test";
import type { DatabaseCredentials } from "../../../../src/config/database-credentials.ts";
import { Secret } from "../../../../src/secret.ts";
import {
  APIS,
  memorySink,
  MORE_TYPES,
  NO,
  type Setup,
  setUp,
  setUpStill,
  TYPES,
  typing,
  YES,
} from "./graphql-setup.ts";

const TOOL = "deploy_graphql_api";
const NOT_DEPLOYED = "The GraphQL API was not deployed.";
/** A type that nobody defines, and somebody extends: Aura finds out after it has accepted them. */
const UNKNOWN_TYPE =
  "type Movie @node {\n  title: Strig\n}\nextend type Strig {\n  name: String\n}\n";

/** The only login that was saved. */
function reader(name: string): DatabaseCredentials | undefined {
  if (name !== "reader") return undefined;
  return {
    name,
    uri: undefined,
    username: "reader",
    password: new Secret("hidden-word"),
    database: undefined,
    instanceId: undefined,
    source: "a test",
    warnings: [],
  };
}

describe("deploy_graphql_api", () => {
  let setup: Setup;
  const of = (name: string, more: object = {}): Record<string, unknown> => ({
    instance: "orders",
    name,
    type_definitions: TYPES,
    ...more,
  });

  before(async () => {
    setup = await setUp();
  });
  beforeEach(() => {
    setup.sent.length = 0;
    setup.aura.clearRequests();
  });
  after(() => setup.close());

  test("creates it with Aura's own account, waits, and keeps the key out of the result", async () => {
    const { result } = await setup.connect({ mode: "write" });
    const made = await result(
      TOOL,
      of("created", { allowed_origins: ["https://app.example.com"], memory: "512MB" }),
    );
    const { id, url, credentials_file, notes, ...rest } = made;
    assert.deepEqual(rest, {
      outcome: "done",
      action: "create",
      name: "created",
      status: "ready",
      errors: [],
      lines_added: 3,
      lines_removed: 0,
      next_step:
        "Queries go to url by POST, with the key from credentials_file in the header x-api-key",
    });
    assert.match(String(id), /^[0-9a-f]{8}$/);
    assert.match(String(url), /^http/);
    assert.deepEqual(notes, [`The key is in ${String(credentials_file)}`]);
    const file = setup.sink.written.at(-1) ?? "";
    const [, key = ""] = /^AURA_GRAPHQL_API_KEY=(\w{32})$/m.exec(file) ?? [];
    assert.notEqual(key, "");
    assert.ok(!JSON.stringify(made).includes(key));
    assert.deepEqual(setup.sent, [{
      what: "POST /v1beta5/instances/a1b2c3d4/data-apis/graphql",
      body: {
        name: "created",
        type_definitions: btoa(TYPES),
        aura_instance: { service_account: "read_write" },
        memory: "512MB",
        security: {
          authentication_providers: [{ type: "api-key", name: "default", enabled: true }],
          cors_policy: { allowed_origins: ["https://app.example.com"] },
        },
      },
    }]);
    const now = await setup.get("created");
    assert.deepEqual(now["allowed_origins"], ["https://app.example.com"]);
    assert.equal(now["type_definitions"], TYPES);
  });

  test("puts the key into a file of its own that only its owner can read", async () => {
    const folder = await mkdtemp(join(tmpdir(), "aura-wake-mcp-graphql-"));
    try {
      const { result } = await setup.connect({ secrets: undefined, secretsFolder: folder });
      const { credentials_file: path } = await result(TOOL, of("filed", { wait: false }));
      const [name = ""] = await readdir(folder);
      assert.equal(path, join(folder, name));
      assert.match(name, /^aura-graphql-filed-.*\.txt$/);
      assert.equal((await stat(join(folder, name))).mode & 0o777, 0o600);
      assert.match(await readFile(join(folder, name), "utf8"), /AURA_GRAPHQL_API_KEY=\w{32}/);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  test("opens the place of the key before anything is sent, and sends nothing without one", async () => {
    const secrets = memorySink(() => {
      assert.deepEqual(setup.sent, []);
      throw new Error("there is no place");
    });
    const { failure } = await setup.connect({ secrets });
    const text = await failure(TOOL, of("homeless"));
    assert.match(text, /there is no place/);
    assert.ok(text.includes(NOT_DEPLOYED), text);
    assert.deepEqual(setup.sent, []);
  });

  test("needs no place for tokens that others sign", async () => {
    const { result } = await setup.connect();
    const opened = setup.sink.opened.length;
    const jwks_url = "https://idp.example.com/jwks.json";
    const made = await result(TOOL, of("signed", { auth: "jwks", jwks_url, wait: false }));
    assert.equal(made["credentials_file"], undefined);
    assert.equal(setup.sink.opened.length, opened);
    const { body } = setup.sent[0] ?? {};
    const { security } = body as { security: { authentication_providers: unknown[] } };
    assert.deepEqual(security.authentication_providers, [
      { type: "jwks", name: "jwks", enabled: true, url: jwks_url },
    ]);
  });

  test("sends nothing where it is deployed like this already", async () => {
    const id = await setup.ready("again");
    setup.sent.length = 0;
    const { result } = await setup.connect({ mode: "write" });
    const repeated = await result(TOOL, of("again", { type_definitions: `${TYPES}\n\n` }));
    assert.equal(repeated["action"], "unchanged");
    assert.equal(repeated["id"], id);
    assert.equal(repeated["status"], "ready");
    assert.deepEqual(repeated["notes"], ["It is deployed like this already; nothing was sent"]);
    assert.deepEqual(setup.sent, []);
  });

  test("waits for one that is on its way, where it is called again", async () => {
    const { result } = await setup.connect({ mode: "write" });
    const begun = await result(TOOL, of("slow", { wait: false }));
    assert.equal(begun["status"], "creating");
    assert.equal(begun["next_step"], "get_graphql_api shows when it is ready");
    setup.sent.length = 0;
    const { action, id, status } = await result(TOOL, of("slow"));
    assert.deepEqual([action, id, status], ["unchanged", begun["id"], "ready"]);
    assert.deepEqual(setup.sent, []);
  });

  test("asks a person before definitions in use are replaced, and shows what becomes of it", async () => {
    const id = await setup.ready("asked");
    setup.sent.length = 0;
    let question = "";
    const { result } = await setup.connect({
      answer: ({ message }) => {
        question = message;
        assert.deepEqual(setup.sent, []);
        return { action: "accept", content: {} };
      },
    });
    const updated = await result(TOOL, of("asked", { type_definitions: MORE_TYPES }));
    assert.equal(
      question,
      `Replace the type definitions of GraphQL API asked (${id}) of instance orders (a1b2c3d4)?\n` +
        "2 lines are added, 1 removed: queries that use what is removed fail.",
    );
    const { action, status, lines_added, lines_removed, outcome, errors } = updated;
    assert.deepEqual([action, status, lines_added, lines_removed], ["update", "ready", 2, 1]);
    assert.deepEqual([outcome, errors], ["done", []]);
    assert.deepEqual(setup.sent, [{
      what: `PATCH /v1beta5/instances/a1b2c3d4/data-apis/graphql/${id}`,
      body: { type_definitions: btoa(MORE_TYPES) },
    }]);
    assert.equal((await setup.get("asked"))["type_definitions"], MORE_TYPES);
  });

  test("tells those who watch its definitions, and only where they may be others", async () => {
    const id = await setup.ready("watched");
    const { client, result } = await setup.connect({ answer: YES });
    const told: string[] = [];
    client.setNotificationHandler(
      ResourceUpdatedNotificationSchema,
      ({ params: { uri } }) => void told.push(uri),
    );
    const uri = `aura://graphql/a1b2c3d4/${id}/schema`;
    await client.subscribeResource({ uri });
    await result(TOOL, of("watched"));
    assert.deepEqual(told, []);
    await result(TOOL, of("watched", { type_definitions: MORE_TYPES }));
    assert.deepEqual(told, [uri]);
  });

  test("replaces nothing without consent", async () => {
    await setup.ready("kept");
    setup.sent.length = 0;
    const wanted = of("kept", { type_definitions: MORE_TYPES });
    const declined = await (await setup.connect({ answer: NO })).result(TOOL, wanted);
    assert.equal(declined["outcome"], "declined");
    assert.ok(String(declined["message"]).includes(NOT_DEPLOYED));
    const mute = await (await setup.connect()).failure(TOOL, wanted);
    assert.match(mute, /cannot ask its user/);
    assert.ok(mute.includes(NOT_DEPLOYED));
    const writer = await (await setup.connect({ mode: "write", answer: YES })).failure(
      TOOL,
      wanted,
    );
    assert.match(writer, /--allow-destructive/);
    assert.deepEqual(setup.sent, []);
    assert.equal((await setup.get("kept"))["type_definitions"], TYPES);
  });

  test("takes no consent for what is no more as it was when it was asked for", async () => {
    const id = await setup.ready("moved");
    const other = await setup.connect({ answer: YES });
    const { failure } = await setup.connect({
      answer: async () => {
        await other.result(
          TOOL,
          of("moved", { type_definitions: `${TYPES}type A @node { a: ID }` }),
        );
        return { action: "accept", content: {} };
      },
    });
    const text = await failure(TOOL, of("moved", { type_definitions: MORE_TYPES }));
    assert.match(text, /has changed since the user was asked/);
    const patches = setup.sent.filter(({ what }) => what.startsWith("PATCH") && what.endsWith(id));
    assert.equal(patches.length, 1);
  });

  test("does it by a token where the operator chose that", async () => {
    await setup.ready("sealed");
    setup.sent.length = 0;
    const { result } = await setup.connect({ confirm: "token" });
    const wanted = of("sealed", { type_definitions: MORE_TYPES });
    const preview = await result(TOOL, wanted);
    assert.equal(preview["outcome"], "needs_confirmation");
    assert.deepEqual(setup.sent, []);
    const confirm_token = preview["confirm_token"];
    assert.equal((await result(TOOL, { ...wanted, confirm_token }))["status"], "ready");
  });

  test("asks before web pages are locked out, and not before more are let in", async () => {
    await setup.ready("pages");
    const writer = await setup.connect({ mode: "write" });
    const two = ["https://a.example.com", "https://b.example.com"];
    const more = await writer.result(TOOL, of("pages", { allowed_origins: two }));
    assert.deepEqual([more["action"], more["status"]], ["update", "ready"]);
    assert.match(
      await writer.failure(TOOL, of("pages", { allowed_origins: [two[0]] })),
      /take away allowed origins/,
    );
    const asked: string[] = [];
    const { result } = await setup.connect({
      answer: ({ message }) => (asked.push(message), { action: "accept", content: {} }),
    });
    await result(TOOL, of("pages", { allowed_origins: [] }));
    assert.match(asked.join(), /Web pages of https:\/\/a\.example\.com, https:\/\/b\.example\.com/);
    assert.deepEqual((await setup.get("pages"))["allowed_origins"], []);
  });

  test("shows the plan of a dry run, and sends nothing", async () => {
    const { result } = await setup.connect({ mode: "write" });
    const { outcome, action, status, id, notes, lines_added } = await result(
      TOOL,
      of("planned", { dry_run: true }),
    );
    assert.deepEqual([action, status, id, lines_added], ["create", "none", undefined, 3]);
    assert.equal(outcome, "dry_run");
    assert.deepEqual(notes, ["Nothing was sent: dry_run"]);
    assert.deepEqual(setup.sent, []);

    await setup.ready("planned");
    setup.sent.length = 0;
    const update = await result(
      TOOL,
      of("planned", { type_definitions: MORE_TYPES, dry_run: true }),
    );
    assert.deepEqual([update["action"], update["status"]], ["update", "ready"]);
    assert.equal(update["diff"], "-  title: String\n+  title: String!\n+  year: Int");
    assert.equal((await result(TOOL, of("planned", { dry_run: true })))["action"], "unchanged");
    assert.deepEqual(setup.sent, []);
  });

  test("refuses definitions that are wrong before anything is sent or read", async () => {
    const { failure } = await setup.connect();
    const text = await failure(
      TOOL,
      of("wrong", { type_definitions: "type Movie @nod { a: ID }" }),
    );
    assert.match(
      text,
      /Cannot deploy Data API "wrong": its type definitions are wrong: 1:12 Unknown directive "@nod"; did you mean "@node"\?/,
    );
    assert.ok(text.includes(NOT_DEPLOYED), text);
    assert.deepEqual(setup.aura.requests(), []);
  });

  test("shows what Aura finds in a new one, and mends it without asking anybody", async () => {
    const { result } = await setup.connect({ mode: "write" });
    const broken = await result(TOOL, of("mended", { type_definitions: UNKNOWN_TYPE }));
    assert.deepEqual([broken["outcome"], broken["action"], broken["status"]], [
      "failed",
      "create",
      "error",
    ]);
    assert.deepEqual(broken["errors"], [
      { reason: "invalid-type-defs", message: 'Unknown type "Strig". Did you mean "String"?' },
    ]);
    assert.equal(
      broken["next_step"],
      "Correct the type definitions, then deploy_graphql_api again",
    );
    assert.match(String(broken["credentials_file"]), /^memory:mended-/);
    const mended = await result(TOOL, of("mended"));
    assert.deepEqual([mended["outcome"], mended["action"], mended["status"]], [
      "done",
      "update",
      "ready",
    ]);
    assert.deepEqual(mended["errors"], []);
  });

  test("sends another login for one that does not work, although nothing else differs", async () => {
    const { result } = await setup.connect({ mode: "write", databases: reader });
    const broken = of("barred", { type_definitions: UNKNOWN_TYPE });
    const { id } = await result(TOOL, broken);
    setup.sent.length = 0;
    const again = await result(TOOL, { ...broken, credential: "reader" });
    assert.deepEqual([again["action"], again["status"]], ["update", "error"]);
    assert.match(JSON.stringify(again["errors"]), /Strig/);
    assert.deepEqual(setup.sent, [{
      what: `PATCH /v1beta5/instances/a1b2c3d4/data-apis/graphql/${String(id)}`,
      body: { aura_instance: { username: "reader", password: "hidden-word" } },
    }]);
  });

  test("shows what Aura finds in an update, and says what is served on", async () => {
    await setup.ready("served");
    const { result } = await setup.connect({ answer: YES });
    const broken = await result(TOOL, of("served", { type_definitions: UNKNOWN_TYPE }));
    assert.deepEqual([broken["action"], broken["status"]], ["update", "ready"]);
    assert.match(JSON.stringify(broken["errors"]), /Unknown type \\"Strig\\"/);
    assert.equal(broken["outcome"], "failed");
    assert.deepEqual(broken["notes"], [
      "It still answers by the type definitions that it had before",
    ]);
  });

  test("switches the subgraph on for definitions that link to Apollo Federation", async () => {
    const types =
      'extend schema @link(url: "https://specs.apollo.dev/federation/v2.0", import: ["@key"])\n' +
      'type Movie @node @key(fields: "id") { id: ID! }\n';
    const { result } = await setup.connect();
    await result(TOOL, of("subgraph", { type_definitions: types, wait: false }));
    const { body } = setup.sent[0] ?? {};
    assert.deepEqual((body as { features: unknown }).features, { subgraph: true });
  });

  test("changes nothing that Aura is at", async () => {
    const still = await setUpStill();
    try {
      const { failure, result } = await still.connect({ answer: YES });
      const { id } = await result(TOOL, of("busy", { wait: false }));
      const wanted = of("busy", { type_definitions: MORE_TYPES });
      const busy = await failure(TOOL, wanted);
      assert.match(busy, new RegExp(`busy \\(${String(id)}\\): it is creating`));
      assert.match(busy, /get_graphql_api/);
      await still.move();
      await still.connect({ answer: typing("busy") }).then(({ result }) =>
        result("delete_graphql_api", { instance: "orders", api: "busy" })
      );
      still.sent.length = 0;
      for (const call of [wanted, of("busy")]) {
        assert.match(await failure(TOOL, call), /it is deleting/);
      }
      assert.deepEqual(still.sent, []);
    } finally {
      await still.close();
    }
  });

  test("tells of two of one name", async () => {
    await setup.ready("twin");
    const fetchTwice = async (request: Request): Promise<Response> => {
      const response = await fetch(request);
      if (request.method !== "GET" || !request.url.endsWith("/data-apis/graphql")) return response;
      const { data } = await response.json() as { data: { name: string }[] };
      return Response.json({ data: [...data, ...data.filter(({ name }) => name === "twin")] });
    };
    const twins = await setup.connect({ fetch: fetchTwice });
    const text = await twins.failure(TOOL, of("twin"));
    assert.match(text, /more than one named "twin"/);
    assert.match(text, /list_graphql_apis/);
  });

  test("refuses arguments that say nothing", async () => {
    const { failure } = await setup.connect();
    assert.match(await failure(TOOL, of("a", { auth: "jwks" })), /jwks needs jwks_url/);
    assert.match(
      await failure(TOOL, of("a", { jwks_url: "https://a.example.com" })),
      /jwks_url is for jwks only/,
    );
    assert.match(
      await failure(TOOL, of("a", { auth: "jwks", jwks_url: "http://a.example.com" })),
      /must be an https/,
    );
    assert.match(
      await failure(TOOL, of("a", { allowed_origins: ["https://a.example.com/"] })),
      /did you mean "https:\/\/a\.example\.com"/,
    );
    assert.match(await failure(TOOL, of("a", { credential: "nobody" })), /"nobody"/);
    assert.match(
      await failure(TOOL, of("a", { type_definitions: "x".repeat(200_001) })),
      /type_definitions/,
    );
    assert.match(await failure(TOOL, of("a", { password: "p" })), /password/);
    assert.deepEqual(setup.sent, []);
  });

  test("says where to add a way to sign in, for one that is there", async () => {
    await setup.ready("locked");
    const { result } = await setup.connect();
    const { notes } = await result(TOOL, of("locked", { auth: "api-key" }));
    assert.match(String(notes), /add_graphql_auth_provider/);
  });

  test("gives the state where the time is up, and tells how far it is meanwhile", async () => {
    const slow = await setUp({ clock: { scale: 20 }, dataApiMs: 60_000 });
    try {
      const { client } = await slow.connect();
      const told: { progress: number; message?: string | undefined }[] = [];
      const { structuredContent } = await client.callTool(
        { name: TOOL, arguments: of("patient", { timeout_seconds: 4 }) },
        undefined,
        { onprogress: ({ progress, message }) => void told.push({ progress, message }) },
      );
      const { status, next_step, credentials_file } = structuredContent as Record<string, unknown>;
      assert.deepEqual([status, next_step], ["creating", "get_graphql_api shows when it is ready"]);
      assert.match(String(credentials_file), /^memory:patient-/);
      assert.match(
        String(told[0]?.message),
        /^creation of Data API patient \(\w{8}\): creating/,
      );
      const numbers = told.map(({ progress }) => progress);
      assert.deepEqual(numbers, [...new Set(numbers)].sort((left, right) => left - right));
    } finally {
      await slow.close();
    }
  });

  test("stops waiting when the call is cancelled; Aura goes on", async () => {
    const { client } = await setup.connect();
    const over = new AbortController();
    const call = client.callTool({ name: TOOL, arguments: of("left") }, undefined, {
      signal: over.signal,
      onprogress: () => over.abort(),
    });
    await assert.rejects(call);
    while ((await setup.get("left"))["status"] !== "ready") {
      await new Promise((go) => setTimeout(go, 10));
    }
    const { length } = setup.aura.requests(`GET ${APIS}/:api`);
    await new Promise((go) => setTimeout(go, 50));
    assert.equal(setup.aura.requests(`GET ${APIS}/:api`).length, length);
  });

  test("says that it may have been made where no answer came, and finds it the next time", async () => {
    const { failure, result } = await setup.connect();
    setup.aura.fault(`POST ${APIS}`, { reset: true, carriedOut: true });
    const text = await failure(TOOL, of("unheard"));
    assert.match(text, /Cannot tell whether Data API "unheard" was created/);
    assert.match(text, /list_graphql_apis/);
    assert.ok(!text.includes(NOT_DEPLOYED), text);
    assert.equal(setup.sink.discarded.at(-1), setup.sink.opened.at(-1));
    setup.sent.length = 0;
    assert.equal((await result(TOOL, of("unheard")))["action"], "unchanged");
    assert.deepEqual(setup.sent, []);
  });

  test("tells what was made where it cannot be followed", async () => {
    const { result } = await setup.connect();
    setup.aura.fault(`GET ${APIS}/:api`, { status: 400 });
    const made = await result(TOOL, of("unseen"));
    assert.equal(made["status"], "creating");
    assert.match(String(made["credentials_file"]), /^memory:unseen-/);
    assert.match(String(made["notes"]), /It was deployed, but could not be followed/);
  });
});

describe("deploy_graphql_api, where Aura wants a user of the database", () => {
  let setup: Setup;
  const of = (instance: string, name: string, more: object = {}): Record<string, unknown> => ({
    instance,
    name,
    type_definitions: TYPES,
    wait: false,
    ...more,
  });

  before(async () => {
    setup = await setUp({ answers: { dataApiCredentials: "username-password" } });
  });
  beforeEach(() => {
    setup.sent.length = 0;
  });
  after(() => setup.close());

  test("sends the login of the settings once, and never shows it", async () => {
    const { result } = await setup.connect();
    const made = await result("deploy_graphql_api", of("orders", "second"));
    assert.equal(made["status"], "creating");
    const accounts = setup.sent.map(({ body }) =>
      (body as { aura_instance: unknown }).aura_instance
    );
    assert.deepEqual(accounts, [
      { service_account: "read_write" },
      { username: "neo4j", password: "local-aura-password" },
    ]);
    assert.ok(!JSON.stringify(made).includes("local-aura-password"));
    assert.match(String(made["notes"]), /user of the database in the settings/);
    assert.deepEqual(setup.sink.discarded, setup.sink.opened.slice(0, -1));
    assert.equal(setup.sink.written.length, 1);
  });

  test("gives up where the settings' login is that of another instance", async () => {
    const { failure } = await setup.connect();
    const text = await failure("deploy_graphql_api", of("old", "third"));
    assert.match(text, /no login of instance old \(b2c3d4e5\) is at hand/);
    assert.match(text, /credential/);
    assert.match(text, /The GraphQL API was not deployed\./);
    assert.equal(setup.sent.length, 1);
  });

  test("sends the named login, and no other", async () => {
    const { result } = await setup.connect({
      databases: reader,
    });
    const made = await result("deploy_graphql_api", of("old", "fourth", { credential: "reader" }));
    const [{ body } = { body: undefined }] = setup.sent;
    assert.deepEqual((body as { aura_instance: unknown }).aura_instance, {
      username: "reader",
      password: "hidden-word",
    });
    assert.equal(setup.sent.length, 1);
    assert.ok(!JSON.stringify(made).includes("hidden-word"));
  });
});

describe("deploy_graphql_api, where Aura takes no user of the database", () => {
  test("says to leave the credential out", async () => {
    const setup = await setUp({ answers: { dataApiCredentials: "service-account" } });
    try {
      const { failure } = await setup.connect({
        databases: reader,
      });
      const text = await failure("deploy_graphql_api", {
        instance: "orders",
        name: "fifth",
        type_definitions: TYPES,
        credential: "reader",
      });
      assert.match(text, /Aura does not take the user of the database/);
      assert.match(text, /leave credentials? out/);
      assert.ok(!text.includes("hidden-word"));
      assert.equal(setup.sent.length, 1);
    } finally {
      await setup.close();
    }
  });
});
