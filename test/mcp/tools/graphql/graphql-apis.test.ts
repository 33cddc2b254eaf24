import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import {
  APIS,
  memorySink,
  NO,
  type Setup,
  setUp,
  setUpStill,
  TYPES,
  typing,
  YES,
} from "./graphql-setup.ts";

const UNKNOWN_TYPE =
  "type Movie @node {\n  title: Strig\n}\nextend type Strig {\n  name: String\n}\n";

let setup: Setup;

before(async () => {
  setup = await setUp();
});
beforeEach(() => {
  setup.sent.length = 0;
  setup.aura.clearRequests();
});
after(() => setup.close());

describe("list_graphql_apis", () => {
  test("lists those of an instance, by its name", async () => {
    const id = await setup.ready("listed");
    const { result } = await setup.connect({ mode: "read" });
    const { graphql_apis, total } = await result("list_graphql_apis", { instance: "orders" });
    const rows = graphql_apis as Record<string, unknown>[];
    assert.equal(rows.length, total);
    const row = rows.find((each) => each["id"] === id);
    assert.deepEqual(row, {
      id,
      name: "listed",
      status: "ready",
      url: `${setup.aura.url}/data-apis/${id}/graphql`,
    });
    assert.deepEqual(await result("list_graphql_apis", { instance: "old" }), {
      graphql_apis: [],
      total: 0,
      next_step: "deploy_graphql_api (which this server does not offer) makes one",
    });
  });

  test("tells of an instance that there is not", async () => {
    const { failure } = await setup.connect({ mode: "read" });
    assert.match(await failure("list_graphql_apis", { instance: "ordrs" }), /"orders"/);
  });
});

describe("get_graphql_api", () => {
  test("shows who may call it, and its definitions where they are wanted", async () => {
    const id = await setup.ready("shown");
    const { result } = await setup.connect({ mode: "read" });
    const shown = await result("get_graphql_api", { instance: "orders", api: "shown" });
    const { auth_providers, ...rest } = shown;
    assert.deepEqual(rest, {
      id,
      name: "shown",
      status: "ready",
      url: `${setup.aura.url}/data-apis/${id}/graphql`,
      errors: [],
      subgraph: false,
      allowed_origins: [],
    });
    const [{ id: providerId, ...provider } = {}] = auth_providers as Record<string, unknown>[];
    assert.match(String(providerId), /^[0-9a-f-]{36}$/);
    assert.deepEqual(provider, { name: "default", type: "api-key", enabled: true });
    const full = await result("get_graphql_api", {
      instance: "orders",
      api: id,
      include_type_definitions: true,
    });
    assert.equal(full["type_definitions"], TYPES);
  });

  test("shows what Aura finds wrong, and what to do", async () => {
    const { result } = await setup.connect();
    await result("deploy_graphql_api", {
      instance: "orders",
      name: "wrong",
      type_definitions: UNKNOWN_TYPE,
    });
    const shown = await result("get_graphql_api", { instance: "orders", api: "wrong" });
    assert.equal(shown["status"], "error");
    assert.deepEqual(shown["errors"], [
      { message: 'Unknown type "Strig". Did you mean "String"?', reason: "invalid-type-defs" },
    ]);
    assert.equal(shown["next_step"], "Correct the type definitions, then deploy_graphql_api");
  });

  test("tells of one that there is not", async () => {
    await setup.ready("nearly");
    const { failure } = await setup.connect({ mode: "read" });
    assert.match(
      await failure("get_graphql_api", { instance: "orders", api: "nearli" }),
      /Cannot find Data API "nearli".*\n.*did you mean "nearly"/is,
    );
    assert.match(
      await failure("get_graphql_api", { instance: "old", api: "nearly" }),
      /list_graphql_apis of b2c3d4e5/,
    );
  });
});

describe("check_type_definitions", () => {
  test("finds nothing wrong, and asks nobody", async () => {
    const { result } = await setup.connect({ mode: "read" });
    assert.deepEqual(await result("check_type_definitions", { type_definitions: TYPES }), {
      valid: true,
      problems: [],
      total: 0,
      next_step: "deploy_graphql_api (which this server does not offer)",
    });
    assert.deepEqual(setup.aura.requests(), []);
  });

  test("shows each problem with its place", async () => {
    const { result } = await setup.connect({ mode: "read" });
    const found = await result("check_type_definitions", {
      type_definitions: "type Movie @nod {\n  a: ID @unique\n}",
    });
    assert.deepEqual(found, {
      valid: false,
      total: 2,
      problems: [
        { line: 1, column: 12, message: 'Unknown directive "@nod"; did you mean "@node"?' },
        {
          line: 2,
          column: 9,
          message:
            'Directive "@unique" cannot be used: version 7 of @neo4j/graphql has none; make a constraint in the database',
        },
      ],
    });
  });

  test("shows the first of many, and refuses what is too long", async () => {
    const { result, failure } = await setup.connect({ mode: "read" });
    const fields = Array.from({ length: 80 }, (_, at) => `f${at}: ID @nowhere`).join(" ");
    const found = await result("check_type_definitions", {
      type_definitions: `type A @node { ${fields} }`,
    });
    assert.equal(found["total"], 80);
    assert.equal((found["problems"] as unknown[]).length, 50);
    assert.match(
      await failure("check_type_definitions", { type_definitions: " ".repeat(200_001) }),
      /type_definitions/,
    );
  });

  test("works without any credentials", async () => {
    const { result } = await setup.connect({
      surroundings: { env: () => undefined, home: undefined, platform: "linux", cwd: "/nowhere" },
    });
    const { valid } = await result("check_type_definitions", { type_definitions: TYPES });
    assert.equal(valid, true);
  });
});

describe("set_graphql_api_state", () => {
  const TOOL = "set_graphql_api_state";
  const of = (api: string, action: string, more: object = {}): Record<string, unknown> => ({
    instance: "orders",
    api,
    action,
    ...more,
  });

  test("pauses once a person has agreed, and resumes without", async () => {
    const id = await setup.ready("rested");
    setup.sent.length = 0;
    let question = "";
    const { result } = await setup.connect({
      answer: ({ message }) => {
        question = message;
        return { action: "accept", content: {} };
      },
    });
    const paused = await result(TOOL, of("rested", "pause"));
    assert.deepEqual([paused["outcome"], paused["status"], paused["id"]], ["done", "paused", id]);
    assert.equal(
      question,
      `Pause Data API rested (${id}) of instance orders (a1b2c3d4)?\n` +
        "Whoever calls it gets errors until it is resumed.",
    );
    const again = await result(TOOL, of("rested", "pause"));
    assert.equal(again["status"], "paused");
    assert.match(String(again["notes"]), /paused already; nothing was sent/);

    const writer = await setup.connect({ mode: "write" });
    assert.equal((await writer.result(TOOL, of(id, "resume")))["status"], "ready");
    assert.equal((await writer.result(TOOL, of(id, "resume")))["status"], "ready");
    const path = `/v1beta5/instances/a1b2c3d4/data-apis/graphql/${id}`;
    assert.deepEqual(setup.sent.map(({ what }) => what), [
      `POST ${path}/pause`,
      `POST ${path}/resume`,
    ]);
  });

  test("pauses nothing without consent", async () => {
    await setup.ready("busy");
    setup.sent.length = 0;
    const call = of("busy", "pause");
    const declined = await (await setup.connect({ answer: NO })).result(TOOL, call);
    assert.equal(declined["outcome"], "declined");
    const mute = await (await setup.connect()).failure(TOOL, call);
    assert.match(mute, /The GraphQL API was neither paused nor resumed\./);
    const writer = await (await setup.connect({ mode: "write", answer: YES })).failure(TOOL, call);
    assert.match(writer, /--allow-destructive/);
    assert.deepEqual(setup.sent, []);
  });

  test("is no tool where nothing may be written", async () => {
    const { client } = await setup.connect({ mode: "wake" });
    const { tools } = await client.listTools();
    const names = tools.map(({ name }) => name).filter((name) => name.includes("graphql"));
    assert.deepEqual(names, ["list_graphql_apis", "get_graphql_api"]);
  });

  test("does not wait where that is not wanted, nor longer than that", async () => {
    const still = await setUpStill();
    try {
      const { result } = await still.connect({ answer: YES });
      await result("deploy_graphql_api", {
        instance: "orders",
        name: "quick",
        type_definitions: TYPES,
        wait: false,
      });
      await still.move();
      const next_step = "get_graphql_api shows when it is done";
      const begun = await result(TOOL, of("quick", "pause", { wait: false }));
      assert.deepEqual([begun["status"], begun["next_step"]], ["pausing", next_step]);
      const again = await result(TOOL, of("quick", "pause", { wait: false }));
      assert.match(String(again["notes"]), /pausing already; nothing was sent/);
      await still.move();
      let late: Record<string, unknown> | undefined;
      const waiting = result(TOOL, of("quick", "resume", { timeout_seconds: 1 }))
        .then((told) => late = told);
      while (late === undefined) {
        await still.aura.advance(100);
        await new Promise((go) => setTimeout(go, 1));
      }
      await waiting;
      assert.deepEqual([late["status"], late["next_step"]], ["resuming", next_step]);
    } finally {
      await still.close();
    }
  });
});

describe("add_graphql_auth_provider", () => {
  const TOOL = "add_graphql_auth_provider";
  const of = (api: string, more: object): Record<string, unknown> => ({
    instance: "orders",
    api,
    ...more,
  });

  test("puts a new key where secrets go, and nowhere else", async () => {
    const id = await setup.ready("keyed");
    setup.sent.length = 0;
    const { result } = await setup.connect({ mode: "write" });
    const added = await result(TOOL, of("keyed", { name: "ci", type: "api-key" }));
    const { id: providerId, credentials_file, notes, next_step, ...rest } = added;
    assert.deepEqual(rest, { name: "ci", type: "api-key", enabled: true });
    assert.match(String(providerId), /^[0-9a-f-]{36}$/);
    assert.match(String(credentials_file), /^memory:keyed-ci-/);
    assert.match(String(next_step), /get_graphql_api/);
    assert.deepEqual(notes, [`The key is in ${String(credentials_file)}`]);
    const [, key = ""] = /^AURA_GRAPHQL_API_KEY=(\w{32})$/m.exec(setup.sink.written.at(-1) ?? "") ??
      [];
    assert.notEqual(key, "");
    assert.ok(!JSON.stringify(added).includes(key));
    assert.deepEqual(setup.sent, [{
      what: `POST /v1beta5/instances/a1b2c3d4/data-apis/graphql/${id}/auth-providers`,
      body: { type: "api-key", name: "ci", enabled: true },
    }]);
    const { auth_providers } = await setup.get("keyed");
    const names = (auth_providers as { name: string }[]).map(({ name }) => name);
    assert.deepEqual(names, ["default", "ci"]);
  });

  test("adds nothing without a place for the key", async () => {
    await setup.ready("placeless");
    setup.sent.length = 0;
    const secrets = memorySink(() => {
      throw new Error("there is no place");
    });
    const { failure } = await setup.connect({ secrets });
    const text = await failure(TOOL, of("placeless", { name: "ci", type: "api-key" }));
    assert.match(text, /there is no place/);
    assert.match(text, /No auth provider was added\./);
    assert.deepEqual(setup.sent, []);
  });

  test("adds the keys of an identity provider once", async () => {
    await setup.ready("trusting");
    const { result, failure } = await setup.connect({ mode: "write" });
    const jwks_url = "https://idp.example.com/jwks.json";
    const jwks = of("trusting", { name: "idp", type: "jwks", jwks_url });
    const added = await result(TOOL, jwks);
    assert.equal(added["url"], jwks_url);
    assert.equal(added["credentials_file"], undefined);
    while ((await setup.get("trusting"))["status"] !== "ready") {
      await new Promise((go) => setTimeout(go, 10));
    }
    setup.sent.length = 0;
    const again = await result(TOOL, jwks);
    assert.deepEqual([again["id"], again["url"]], [added["id"], jwks_url]);
    assert.match(String(again["notes"]), /nothing was sent/);
    const other = { ...jwks, jwks_url: "https://other.example.com/jwks.json" };
    assert.match(await failure(TOOL, other), /has one of that name \(jwks\)/);
    const key = of("trusting", { name: "default", type: "api-key" });
    assert.match(await failure(TOOL, key), /has one of that name \(api-key\)/);
    assert.deepEqual(setup.sent, []);
  });

  test("says that it may have been added where no answer came", async () => {
    await setup.ready("unheard");
    const { failure } = await setup.connect();
    setup.aura.fault(`POST ${APIS}/:api/auth-providers`, { reset: true, carriedOut: true });
    const text = await failure(TOOL, of("unheard", { name: "ci", type: "api-key" }));
    assert.match(text, /Cannot tell whether authentication provider "ci" was added/);
    assert.match(text, /get_graphql_api/);
    assert.ok(!text.includes("No auth provider was added."), text);
    assert.deepEqual(setup.sink.discarded.at(-1), setup.sink.opened.at(-1));
  });
});

describe("delete_graphql_api", () => {
  const TOOL = "delete_graphql_api";

  test("deletes it once a person has typed its name", async () => {
    const still = await setUpStill();
    try {
      let question = "";
      const { result } = await still.connect({
        answer: ({ message }) => {
          question = message;
          return { action: "accept", content: { name: "doomed" } };
        },
      });
      const { id } = await result("deploy_graphql_api", {
        instance: "orders",
        name: "doomed",
        type_definitions: TYPES,
        wait: false,
      });
      await still.move();
      still.sent.length = 0;
      const deleted = await result(TOOL, { instance: "orders", api: id });
      assert.deepEqual([deleted["outcome"], deleted["status"]], ["done", "deleting"]);
      assert.match(String(deleted["next_step"]), /list_graphql_apis of a1b2c3d4/);
      assert.equal(
        question,
        `Delete Data API doomed (${String(id)}) of instance orders (a1b2c3d4)?\n` +
          "Its URL and its keys are lost for good, and whoever calls it gets errors. The data stay.\n" +
          "To agree, type its exact name: doomed",
      );
      const again = await result(TOOL, { instance: "orders", api: id });
      assert.equal(again["status"], "deleting");
      assert.match(String(again["notes"]), /nothing was sent/);
      assert.deepEqual(still.sent.map(({ what }) => what), [
        `DELETE /v1beta5/instances/a1b2c3d4/data-apis/graphql/${String(id)}`,
      ]);
      await still.move();
      const { total } = await result("list_graphql_apis", { instance: "orders" });
      assert.equal(total, 0);
    } finally {
      await still.close();
    }
  });

  test("deletes nothing without the name, without an answer, or in another mode", async () => {
    await setup.ready("spared");
    setup.sent.length = 0;
    const call = { instance: "orders", api: "spared" };
    for (const answer of [NO, typing("spare")]) {
      const { outcome, message } = await (await setup.connect({ answer })).result(TOOL, call);
      assert.equal(outcome, "declined");
      assert.match(String(message), /The GraphQL API was not deleted\./);
    }
    const mute = await (await setup.connect()).failure(TOOL, call);
    assert.match(mute, /The GraphQL API was not deleted\./);
    const { client } = await setup.connect({ mode: "write" });
    const { tools } = await client.listTools();
    assert.ok(!tools.some(({ name }) => name === TOOL));
    assert.deepEqual(setup.sent, []);
  });

  test("tells that somebody else was faster", async () => {
    await setup.ready("raced");
    setup.aura.fault(`DELETE ${APIS}/:api`, {
      status: 404,
      body: { errors: [{ message: "Data API not found", reason: "data-api-not-found" }] },
    });
    const { result } = await setup.connect({ answer: typing("raced") });
    const gone = await result(TOOL, { instance: "orders", api: "raced" });
    assert.equal(gone["status"], "gone");
    assert.match(String(gone["notes"]), /gone already/);
  });
});
