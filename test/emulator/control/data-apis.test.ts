import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import { type EmulatorOptions, startEmulator } from "../../../src/emulator/mod.ts";
import { type Answer, type ApiClient, read, signIn } from "./api-client.ts";

const LIST = "/v1beta5/instances/a1b2c3d4/data-apis/graphql";
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const MOVIES = btoa("type Movie @node { title: String }");

const paid: EmulatorOptions = {
  clock: "manual",
  instances: [{ id: "a1b2c3d4", type: "professional-db", engine: "canned" }],
};

const wanted = {
  name: "movies-api",
  type_definitions: MOVIES,
  aura_instance: { username: "neo4j", password: "db-password" },
  security: {
    authentication_providers: [
      { type: "api-key", name: "default" },
      {
        type: "jwks",
        name: "idp",
        enabled: false,
        url: "https://idp.example.com/.well-known/jwks.json",
      },
    ],
  },
};

type Data = Record<string, unknown> & { id: string };

function dataOf({ body }: Answer): Data {
  return (body as { data: Data }).data;
}

function errorsOf({ body }: Answer): unknown {
  return (body as { errors?: unknown }).errors;
}

/** Its id, once it is ready. */
async function createReady(
  client: ApiClient,
  emulator: { advance(ms: number): Promise<void> },
  change: Record<string, unknown> = {},
): Promise<string> {
  const answer = await client.call("POST", LIST, { ...wanted, ...change });
  assert.equal(answer.status, 202);
  await emulator.advance(1_000);
  return dataOf(answer).id;
}

async function statusOf(client: ApiClient, id: string): Promise<unknown> {
  const answer = await client.call("GET", `${LIST}/${id}`);
  return answer.status === 200 ? dataOf(answer)["status"] : answer.status;
}

describe("POST …/data-apis/graphql", () => {
  test("answers 202 with the keys, which nothing shows again; creating → ready", async () => {
    await using emulator = await startEmulator(paid);
    const client = await signIn(emulator);
    const answer = await client.call("POST", LIST, {
      ...wanted,
      memory: "512MB",
      features: { subgraph: true },
      security: {
        ...wanted.security,
        cors_policy: { allowed_origins: ["https://app.example.com"] },
      },
    });
    assert.equal(answer.status, 202);
    const { id, authentication_providers: providers, ...rest } = dataOf(answer);
    assert.match(id, /^[0-9a-f]{8}$/);
    const url = `${emulator.url}/data-apis/${id}/graphql`;
    assert.deepEqual(rest, { name: "movies-api", status: "creating", url });
    const [first, second] = providers as [Data, Data];
    const { id: firstId, key, ...firstRest } = first;
    assert.match(firstId, UUID);
    assert.match(key as string, /^[A-Za-z0-9]{32}$/);
    assert.deepEqual(firstRest, { name: "default", type: "api-key", enabled: true });
    assert.match(second.id, UUID);
    assert.deepEqual({ ...second, id: "" }, {
      id: "",
      name: "idp",
      type: "jwks",
      enabled: false,
      url: "https://idp.example.com/.well-known/jwks.json",
    });

    await emulator.advance(999);
    assert.deepEqual((await client.call("GET", LIST)).body, {
      data: [{ id, name: "movies-api", status: "creating", url }],
    });
    await emulator.advance(1);
    const detail = await client.call("GET", `${LIST}/${id}`);
    assert.equal(detail.status, 200);
    assert.deepEqual(detail.body, {
      data: {
        id,
        name: "movies-api",
        status: "ready",
        url,
        type_definitions: MOVIES,
        features: { subgraph: true },
        security: { cors_policy: { allowed_origins: ["https://app.example.com"] } },
        aura_instance: { id: "a1b2c3d4" },
      },
    });
    const said = await Promise.all(
      ["", `/${id}`, `/${id}/auth-providers`, `/${id}/auth-providers/${firstId}`].map((path) =>
        client.call("GET", LIST + path)
      ),
    );
    assert.ok(!JSON.stringify(said).includes(key as string));
  });

  test("refuses a body that is wrong, with a reason for each field", async () => {
    await using emulator = await startEmulator(paid);
    const client = await signIn(emulator);
    const bad: readonly (readonly [Record<string, unknown>, readonly string[]])[] = [
      [{ name: "" }, ["name"]],
      [{ type_definitions: "df" }, ["type_definitions"]],
      [{ type_definitions: "type Movie { title: String }" }, ["type_definitions"]],
      [{ type_definitions: btoa("  \n") }, ["type_definitions"]],
      [{ type_definitions: btoa("\xff\xfe") }, ["type_definitions"]],
      [{ aura_instance: undefined }, ["aura_instance"]],
      [{ aura_instance: {} }, ["aura_instance.username", "aura_instance.password"]],
      [{ aura_instance: { username: "neo4j" } }, ["aura_instance.password"]],
      [{ aura_instance: { service_account: "admin" } }, ["aura_instance.service_account"]],
      [{ memory: "3GB" }, ["memory"]],
      [{ security: {} }, ["security.authentication_providers"]],
      [
        { security: { authentication_providers: [{ type: "jwks", name: "idp" }] } },
        ["security.authentication_providers.0.url"],
      ],
      [
        { security: { authentication_providers: [{ type: "basic", name: "idp" }] } },
        ["security.authentication_providers.0.type"],
      ],
    ];
    for (const [change, fields] of bad) {
      const answer = await client.call("POST", LIST, { ...wanted, ...change });
      assert.equal(answer.status, 400, JSON.stringify(change));
      const errors = errorsOf(answer) as { field: string; reason: string }[];
      assert.deepEqual(errors.map(({ field }) => field), fields);
      assert.deepEqual([...new Set(errors.map(({ reason }) => reason))], ["validation-error"]);
    }
    const base64 = await client.call("POST", LIST, { ...wanted, type_definitions: "df" });
    assert.deepEqual(base64.body, {
      errors: [{
        message: "type_definitions: must be base64 of a text",
        reason: "validation-error",
        field: "type_definitions",
      }],
    });
    assert.deepEqual((await client.call("GET", LIST)).body, { data: [] });
  });

  test("base64 may be broken into lines, and none of the providers has to be", async () => {
    await using emulator = await startEmulator(paid);
    const client = await signIn(emulator);
    const broken = `${MOVIES.slice(0, 20)}\r\n${MOVIES.slice(20)}\n`;
    const id = await createReady(client, emulator, {
      type_definitions: broken,
      security: { authentication_providers: [] },
    });
    const { data } = (await client.call("GET", `${LIST}/${id}`)).body as { data: Data };
    assert.equal(data["type_definitions"], broken);
    assert.equal(data["status"], "ready");
  });

  test("a Free instance is refused, an unknown one is 404, v1 has no such path", async () => {
    await using emulator = await startEmulator({
      clock: "manual",
      instances: [{ id: "f0f0f0f0" }],
    });
    const client = await signIn(emulator);
    const free = "/v1beta5/instances/f0f0f0f0/data-apis/graphql";
    const refused = await client.call("POST", free, wanted);
    assert.equal(refused.status, 400);
    assert.deepEqual(refused.body, {
      errors: [{
        message: "GraphQL Data APIs are not available for Free instances",
        reason: "operation-not-supported",
      }],
    });
    assert.deepEqual((await client.call("GET", free)).body, { data: [] });
    for (const method of ["GET", "POST"]) {
      const unknown = await client.call(method, LIST, wanted);
      assert.equal(unknown.status, 404);
      assert.deepEqual(errorsOf(unknown), [
        { message: "DB not found: a1b2c3d4", reason: "db-not-found" },
      ]);
    }
    const old = await client.call("GET", "/v1/instances/f0f0f0f0/data-apis/graphql");
    assert.equal(old.status, 404);
    const wrong = await client.call("DELETE", free);
    assert.equal(wrong.status, 405);
    assert.equal(wrong.headers.get("allow"), "GET, POST");
  });

  test("answers.dataApiCredentials: only the set way to sign in is taken, the other is named", async () => {
    const service = { aura_instance: { service_account: "read_write" } };
    const user = { aura_instance: wanted.aura_instance };
    const cases = [
      ["either", user, undefined],
      ["either", service, undefined],
      ["username-password", user, undefined],
      ["username-password", service, [
        "aura_instance.service_account",
        "aura_instance.username",
        "aura_instance.password",
      ]],
      ["service-account", service, undefined],
      ["service-account", user, [
        "aura_instance.username",
        "aura_instance.password",
        "aura_instance.service_account",
      ]],
    ] as const;
    for (const [dataApiCredentials, change, fields] of cases) {
      await using emulator = await startEmulator({ ...paid, answers: { dataApiCredentials } });
      const client = await signIn(emulator);
      const answer = await client.call("POST", LIST, { ...wanted, ...change });
      assert.equal(answer.status, fields === undefined ? 202 : 400, dataApiCredentials);
      const errors = errorsOf(answer) as { field: string }[] | undefined;
      assert.deepEqual(errors?.map(({ field }) => field), fields);
    }
    await using emulator = await startEmulator({
      ...paid,
      answers: { dataApiCredentials: "username-password" },
    });
    const client = await signIn(emulator);
    const id = await createReady(client, emulator);
    const patch = await client.call("PATCH", `${LIST}/${id}`, service);
    assert.equal(patch.status, 400);
    assert.deepEqual(errorsOf(patch), [{
      message: "aura_instance.service_account: is not supported",
      reason: "validation-error",
      field: "aura_instance.service_account",
    }]);
    const half = await client.call("PATCH", `${LIST}/${id}`, {
      aura_instance: { password: "new" },
    });
    assert.equal(half.status, 202);
  });
});

describe("type definitions", () => {
  test("what is wrong with them is told by GET when it is created, beside the data", async () => {
    const cases = [
      ["type Movie @node { title: Strig }", [
        'Unknown type "Strig". Did you mean "String"?',
      ]],
      ["type Movie { released: DateTim, director: Persn }", [
        'Unknown type "DateTim". Did you mean "DateTime" or "Date"?',
        'Unknown type "Persn".',
      ]],
      ["type Movie { title: String", ["Syntax Error: Expected Name, found <EOF>."]],
      ["# nothing", ["Syntax Error: Unexpected <EOF>."]],
    ] as const;
    await using emulator = await startEmulator(paid);
    const client = await signIn(emulator);
    for (const [text, messages] of cases) {
      const created = await client.call("POST", LIST, { ...wanted, type_definitions: btoa(text) });
      assert.equal(created.status, 202);
      const { id } = dataOf(created);
      assert.equal(errorsOf(await client.call("GET", `${LIST}/${id}`)), undefined);
      await emulator.advance(1_000);
      const answer = await client.call("GET", `${LIST}/${id}`);
      assert.equal(answer.status, 200);
      assert.equal(dataOf(answer)["status"], "error");
      assert.deepEqual(
        errorsOf(answer),
        messages.map((message) => ({ reason: "invalid-type-defs", message })),
      );
    }
  });

  test("the directives, types and generated inputs of @neo4j/graphql are known", async () => {
    await using emulator = await startEmulator(paid);
    const client = await signIn(emulator);
    const text = `
      extend schema @link(url: "https://specs.apollo.dev/federation/v2.0", import: ["@key"])
      type JWT @jwt { tenantId: String! @jwtClaim(path: "app.tenant") }
      type Tenant @node @authentication @key(fields: "id")
        @authorization(filter: [{ where: { node: { id: { eq: "$jwt.tenantId" } } } }]) {
        id: ID! @id
        since: DateTime, day: Date, at: Time, late: LocalTime, then: LocalDateTime, lasts: Duration
        size: BigInt, place: Point, flat: CartesianPoint
        places: [Restaurant!]! @relationship(type: "HAS", direction: OUT, properties: "Has")
        near(point: PointInput, where: RestaurantWhere, sort: SortDirection): [Restaurant!]!
          @cypher(statement: "MATCH (n:Restaurant) RETURN n", columnName: "n")
      }
      type Restaurant @node { name: String! @unique, stars: Float, open: Boolean, seats: Int }
      type Has @relationshipProperties { since: Int }
      type Query { tenants: [Tenant!]! }
    `;
    const id = await createReady(client, emulator, { type_definitions: btoa(text) });
    const answer = await client.call("GET", `${LIST}/${id}`);
    assert.equal(errorsOf(answer), undefined);
    assert.equal(dataOf(answer)["status"], "ready");
  });

  test("after a bad update it is ready with errors, or error where set; a good one mends it", async () => {
    const bad = { type_definitions: btoa("type Movie { title: Strig }") };
    const errors = [{
      reason: "invalid-type-defs",
      message: 'Unknown type "Strig". Did you mean "String"?',
    }];
    for (
      const [answers, status] of [[{}, "ready"], [{ dataApiBadUpdate: "error" }, "error"]] as const
    ) {
      await using emulator = await startEmulator({ ...paid, answers });
      const client = await signIn(emulator);
      const id = await createReady(client, emulator);
      const path = `${LIST}/${id}`;
      assert.equal((await client.call("PATCH", path, bad)).status, 202);
      assert.equal(errorsOf(await client.call("GET", path)), undefined);
      await emulator.advance(1_000);
      const worse = await client.call("GET", path);
      assert.equal(dataOf(worse)["status"], status);
      assert.equal(dataOf(worse)["type_definitions"], bad.type_definitions);
      assert.deepEqual(errorsOf(worse), errors);

      // What leaves the type definitions as they are leaves what is wrong with them, too.
      assert.equal((await client.call("PATCH", path, { name: "renamed" })).status, 202);
      await emulator.advance(1_000);
      const renamed = await client.call("GET", path);
      assert.equal(dataOf(renamed)["status"], status);
      assert.deepEqual(errorsOf(renamed), errors);

      assert.equal((await client.call("PATCH", path, { type_definitions: MOVIES })).status, 202);
      assert.equal(errorsOf(await client.call("GET", path)), undefined);
      await emulator.advance(1_000);
      const mended = await client.call("GET", path);
      assert.equal(dataOf(mended)["status"], "ready");
      assert.equal(errorsOf(mended), undefined);
    }
  });
});

describe("PATCH …/data-apis/graphql/{id}", () => {
  test("is 202 with the summary, updating → ready; the list of origins is replaced whole", async () => {
    await using emulator = await startEmulator({ ...paid, dataApiMs: 300 });
    const client = await signIn(emulator);
    const id = await createReady(client, emulator, {
      security: { ...wanted.security, cors_policy: { allowed_origins: ["https://a.example"] } },
    });
    const path = `${LIST}/${id}`;
    const answer = await client.call("PATCH", path, {
      name: "films",
      features: { subgraph: true },
      security: { cors_policy: { allowed_origins: ["https://b.example", "https://c.example"] } },
    });
    assert.equal(answer.status, 202);
    const url = `${emulator.url}/data-apis/${id}/graphql`;
    assert.deepEqual(answer.body, { data: { id, name: "films", status: "updating", url } });
    await emulator.advance(299);
    assert.equal(await statusOf(client, id), "updating");
    await emulator.advance(1);
    const data = dataOf(await client.call("GET", path));
    assert.equal(data["status"], "ready");
    assert.deepEqual(data["security"], {
      cors_policy: { allowed_origins: ["https://b.example", "https://c.example"] },
    });
    assert.deepEqual(data["features"], { subgraph: true });
  });

  test("nothing but an empty list of origins is refused, as an empty body is; any other key will do", async () => {
    await using emulator = await startEmulator(paid);
    const client = await signIn(emulator);
    const id = await createReady(client, emulator, {
      security: { ...wanted.security, cors_policy: { allowed_origins: ["https://a.example"] } },
    });
    const path = `${LIST}/${id}`;
    const empty = { security: { cors_policy: { allowed_origins: [] } } };
    for (const body of [empty, {}, { features: {} }]) {
      const refused = await client.call("PATCH", path, body);
      assert.equal(refused.status, 400);
      assert.deepEqual(errorsOf(refused), [
        { message: "The request body is empty", reason: "validation-error" },
      ]);
    }
    assert.equal(await statusOf(client, id), "ready");
    const taken = await client.call("PATCH", path, { ...empty, test: "ignore me" });
    assert.equal(taken.status, 202);
    const data = dataOf(await client.call("GET", path));
    assert.deepEqual(data["security"], { cors_policy: { allowed_origins: [] } });
    assert.equal("test" in data, false);
  });

  test("is 409 while it is busy or paused; answers.dataApiUpdating lets a second update follow", async () => {
    await using emulator = await startEmulator(paid);
    const client = await signIn(emulator);
    const created = await client.call("POST", LIST, wanted);
    const path = `${LIST}/${dataOf(created).id}`;
    async function refusedIn(status: string): Promise<void> {
      const answer = await client.call("PATCH", path, { name: "x" });
      assert.equal(answer.status, 409, status);
      assert.deepEqual(errorsOf(answer), [{
        message: `The Data API is currently in state: ${status}`,
        reason: "ongoing-data-api-operation",
      }]);
    }
    await refusedIn("creating");
    await emulator.advance(1_000);
    await client.call("PATCH", path, { name: "y" });
    await refusedIn("updating");
    await emulator.advance(1_000);
    await client.call("POST", `${path}/pause`);
    await refusedIn("pausing");
    await emulator.advance(1_000);
    await refusedIn("paused");

    await using patient = await startEmulator({ ...paid, answers: { dataApiUpdating: 202 } });
    const second = await signIn(patient);
    const id = await createReady(second, patient);
    const bad = { type_definitions: btoa("type Movie { title: Strig }") };
    assert.equal((await second.call("PATCH", `${LIST}/${id}`, bad)).status, 202);
    await patient.advance(900);
    assert.equal((await second.call("PATCH", `${LIST}/${id}`, { name: "z" })).status, 202);
    await patient.advance(100);
    assert.equal(await statusOf(second, id), "updating");
    await patient.advance(900);
    const answer = await second.call("GET", `${LIST}/${id}`);
    assert.equal(dataOf(answer)["name"], "z");
    assert.equal((errorsOf(answer) as unknown[]).length, 1);
  });
});

describe("pause, resume and delete of a Data API", () => {
  test("ready → pausing → paused → resuming → ready; 409 from any other state", async () => {
    await using emulator = await startEmulator(paid);
    const client = await signIn(emulator);
    const id = await createReady(client, emulator);
    const path = `${LIST}/${id}`;
    const url = `${emulator.url}/data-apis/${id}/graphql`;
    assert.equal((await client.call("POST", `${path}/resume`)).status, 409);
    const paused = await client.call("POST", `${path}/pause`);
    assert.equal(paused.status, 202);
    assert.deepEqual(paused.body, {
      data: { id, name: "movies-api", status: "pausing", url },
    });
    assert.equal((await client.call("POST", `${path}/resume`)).status, 409);
    await emulator.advance(1_000);
    assert.equal(await statusOf(client, id), "paused");
    assert.equal((await client.call("POST", `${path}/pause`)).status, 409);
    const resumed = await client.call("POST", `${path}/resume`);
    assert.equal(resumed.status, 202);
    assert.deepEqual(resumed.body, {
      data: { id, name: "movies-api", status: "resuming", url },
    });
    await emulator.advance(1_000);
    assert.equal(await statusOf(client, id), "ready");
  });

  test("a delete is 202 once from any state, then 404; then it is gone, with its providers", async () => {
    await using emulator = await startEmulator(paid);
    const client = await signIn(emulator);
    const created = await client.call("POST", LIST, wanted);
    const { id } = dataOf(created);
    const path = `${LIST}/${id}`;
    const deleted = await client.call("DELETE", path);
    assert.equal(deleted.status, 202);
    const url = `${emulator.url}/data-apis/${id}/graphql`;
    assert.deepEqual(deleted.body, {
      data: { id, name: "movies-api", status: "deleting", url },
    });
    const notFound = [{ message: `Data API not found: ${id}`, reason: "data-api-not-found" }];
    for (const [method, rest] of [["DELETE", ""], ["PATCH", ""], ["POST", "/pause"]] as const) {
      const again = await client.call(method, path + rest, { name: "x" });
      assert.equal(again.status, 404, method);
      assert.deepEqual(errorsOf(again), notFound);
    }
    assert.equal(await statusOf(client, id), "deleting");
    await emulator.advance(1_000);
    const gone = await client.call("GET", path);
    assert.equal(gone.status, 404);
    assert.deepEqual(errorsOf(gone), notFound);
    assert.deepEqual((await client.call("GET", LIST)).body, { data: [] });
    assert.equal((await client.call("GET", `${path}/auth-providers`)).status, 404);
  });

  test("it goes with its instance, and does not pause with it", async () => {
    await using emulator = await startEmulator(paid);
    const client = await signIn(emulator);
    const id = await createReady(client, emulator);
    await emulator.pause("a1b2c3d4");
    assert.equal(await statusOf(client, id), "ready");
    await emulator.remove("a1b2c3d4");
    const gone = await client.call("GET", `${LIST}/${id}`);
    assert.deepEqual(errorsOf(gone), [
      { message: "DB not found: a1b2c3d4", reason: "db-not-found" },
    ]);
    assert.equal((await fetch(`${emulator.url}/data-apis/${id}/graphql`)).status, 404);
  });

  test("an id of another instance is not found", async () => {
    await using emulator = await startEmulator({
      ...paid,
      instances: [...paid.instances ?? [], { id: "b2c3d4e5", type: "professional-db" }],
    });
    const client = await signIn(emulator);
    const id = await createReady(client, emulator);
    const other = await client.call("GET", `/v1beta5/instances/b2c3d4e5/data-apis/graphql/${id}`);
    assert.equal(other.status, 404);
  });
});

describe("authentication providers", () => {
  test("list, add, get, change and delete; the Data API is updating after each change", async () => {
    await using emulator = await startEmulator(paid);
    const client = await signIn(emulator);
    const id = await createReady(client, emulator, {
      security: { authentication_providers: [] },
    });
    const path = `${LIST}/${id}/auth-providers`;
    async function settle(): Promise<void> {
      assert.equal(await statusOf(client, id), "updating");
      await emulator.advance(1_000);
      assert.equal(await statusOf(client, id), "ready");
    }

    const key = await client.call("POST", path, { type: "api-key", name: "admin" });
    assert.equal(key.status, 202);
    const { id: keyId, key: secret, ...keyRest } = dataOf(key);
    assert.match(keyId, UUID);
    assert.match(secret as string, /^[A-Za-z0-9]{32}$/);
    assert.deepEqual(keyRest, { name: "admin", type: "api-key", enabled: true });
    assert.equal((await client.call("POST", path, { type: "api-key", name: "b" })).status, 409);
    await settle();

    const jwks = {
      type: "jwks",
      name: "idp2",
      enabled: true,
      url: "https://idp2.example.com/jwks.json",
    };
    const second = await client.call("POST", path, jwks);
    assert.equal(second.status, 202);
    const jwksId = dataOf(second).id;
    assert.deepEqual(second.body, { data: { id: jwksId, ...jwks } });
    await settle();

    assert.deepEqual((await client.call("GET", path)).body, {
      data: [
        { id: keyId, name: "admin", type: "api-key", enabled: true },
        { id: jwksId, name: "idp2", type: "jwks", enabled: true },
      ],
    });
    assert.deepEqual((await client.call("GET", `${path}/${jwksId}`)).body, {
      data: { id: jwksId, ...jwks },
    });

    const changed = await client.call("PATCH", `${path}/${jwksId}`, {
      name: "idp3",
      enabled: false,
      url: "https://idp3.example.com/jwks.json",
    });
    assert.equal(changed.status, 202);
    assert.deepEqual(changed.body, {
      data: {
        id: jwksId,
        name: "idp3",
        type: "jwks",
        enabled: false,
        url: "https://idp3.example.com/jwks.json",
      },
    });
    await settle();

    const deleted = await client.call("DELETE", `${path}/${keyId}`);
    assert.equal(deleted.status, 202);
    assert.deepEqual(deleted.body, {
      data: { id: keyId, name: "admin", type: "api-key", enabled: true },
    });
    await settle();
    assert.deepEqual((await client.call("GET", `${path}/${keyId}`)).body, {
      errors: [{
        message: `Authentication provider not found: ${keyId}`,
        reason: "authentication-provider-not-found",
      }],
    });
  });

  test("refuses what is wrong: no url, a url for a key, the wrapped form, an empty change", async () => {
    await using emulator = await startEmulator(paid);
    const client = await signIn(emulator);
    const id = await createReady(client, emulator);
    const path = `${LIST}/${id}/auth-providers`;
    const { data } = (await client.call("GET", path)).body as { data: Data[] };
    const keyId = data[0]?.id ?? "";
    const cases = [
      ["POST", path, { type: "jwks", name: "idp" }, ["url"]],
      ["POST", path, { type: "jwks", name: "idp", url: "jwks.json" }, ["url"]],
      ["POST", path, { data: { type: "api-key", name: "wrapped" } }, ["type"]],
      ["PATCH", `${path}/${keyId}`, { url: "https://idp.example.com" }, ["url"]],
      ["PATCH", `${path}/${keyId}`, {}, [undefined]],
    ] as const;
    for (const [method, where, body, fields] of cases) {
      const answer = await client.call(method, where, body);
      assert.equal(answer.status, 400, JSON.stringify(body));
      const errors = errorsOf(answer) as { field?: string }[];
      assert.deepEqual(errors.map(({ field }) => field), fields);
    }
    assert.equal(await statusOf(client, id), "ready");
    const wrong = await client.call("PATCH", path);
    assert.equal(wrong.status, 405);
  });
});

describe("the url of a Data API", () => {
  test("answers 501 and says that no GraphQL runs here; faults reach it", async () => {
    await using emulator = await startEmulator(paid);
    const client = await signIn(emulator);
    const id = await createReady(client, emulator);
    const { url } = dataOf(await client.call("GET", `${LIST}/${id}`)) as unknown as { url: string };
    const answer = await read(
      await fetch(url, { method: "POST", headers: { "x-api-key": "k" }, body: "{}" }),
    );
    assert.equal(answer.status, 501);
    assert.deepEqual(answer.body, {
      errors: [{
        message: "The local Aura does not run GraphQL queries yet: " +
          "query the instance by Bolt or the Query API",
        reason: "not-implemented",
      }],
    });
    emulator.fault("POST /data-apis/:id/graphql", { status: 503 });
    assert.equal((await fetch(url, { method: "POST" })).status, 503);
    emulator.fault("PATCH /v1beta5/instances/:id/data-apis/graphql/:api", { status: 502 });
    const patch = await client.call("PATCH", `${LIST}/${id}`, { name: "x" });
    assert.equal(patch.status, 502);
    assert.equal((await fetch(`${emulator.url}${LIST}`)).status, 401);
  });
});

describe("Data APIs and time", () => {
  test("on a clock that moves by itself", async () => {
    for (const clock of ["real", { scale: 100 }] as const) {
      await using emulator = await startEmulator({
        ...paid,
        clock,
        dataApiMs: clock === "real" ? 20 : 2_000,
      });
      const client = await signIn(emulator);
      const created = await client.call("POST", LIST, wanted);
      const { id } = dataOf(created);
      while (await statusOf(client, id) === "creating") {
        await new Promise((go) => setTimeout(go, 5));
      }
      assert.equal(await statusOf(client, id), "ready");
    }
  });
});

describe("Data APIs that are kept", () => {
  test("come back, and go on from where they were; no key and no password is on the disk", async () => {
    const folder = await mkdtemp(join(tmpdir(), "aura-data-apis-"));
    const options: EmulatorOptions = { ...paid, persist: folder };
    let id = "";
    let key = "";
    {
      await using emulator = await startEmulator(options);
      const client = await signIn(emulator);
      const created = await client.call("POST", LIST, {
        ...wanted,
        type_definitions: btoa("type Movie { title: Strig }"),
      });
      ({ id } = dataOf(created));
      const [provider] = dataOf(created)["authentication_providers"] as { key: string }[];
      key = provider?.key ?? "";
      await emulator.advance(400);
    }
    const kept = await readFile(join(folder, "aura.json"), "utf8");
    assert.ok(kept.includes(id));
    assert.ok(!kept.includes(key) && !kept.includes("db-password"));
    {
      await using emulator = await startEmulator(options);
      const client = await signIn(emulator);
      assert.equal(await statusOf(client, id), "creating");
      await emulator.advance(600);
      const answer = await client.call("GET", `${LIST}/${id}`);
      assert.equal(dataOf(answer)["status"], "error");
      assert.equal((errorsOf(answer) as unknown[]).length, 1);
      const { data } = (await client.call("GET", `${LIST}/${id}/auth-providers`)).body as {
        data: Data[];
      };
      assert.deepEqual(data.map(({ name }) => name), ["default", "idp"]);
      await client.call("DELETE", `${LIST}/${id}`);
    }
    {
      await using emulator = await startEmulator(options);
      await emulator.advance(1_000);
      const client = await signIn(emulator);
      assert.deepEqual((await client.call("GET", LIST)).body, { data: [] });
    }
    await rm(folder, { recursive: true });
  });
});
