import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { inspect } from "node:util";
import { Secret } from "../../mod.ts";
import { BAD_IDS, client, data, inTurn } from "./client.ts";

const APIS = "/v1beta5/instances/a1b2c3d4/data-apis/graphql";
const ONE = `${APIS}/c3d4e5f6`;

const SUMMARY = {
  id: "c3d4e5f6",
  name: "movies-api",
  status: "ready",
  url: "https://c3d4e5f6.28be6e4d.graphql.neo4j.io/graphql",
};

/** `type Movie @node { title: String }` */
const SCHEMA = "type Movie @node { title: String }";
const ENCODED = "dHlwZSBNb3ZpZSBAbm9kZSB7IHRpdGxlOiBTdHJpbmcgfQ==";

const NEW = {
  name: "movies-api",
  type_definitions: SCHEMA,
  aura_instance: { username: "neo4j", password: "canary-password" },
  security: { authentication_providers: [{ type: "api-key", name: "default" }] },
} as const;

describe("dataApis", () => {
  test("list() gives the rows", async () => {
    const { aura, sent } = client(data([SUMMARY]));
    assert.deepEqual(await aura.dataApis.list("a1b2c3d4"), [SUMMARY]);
    assert.deepEqual(sent(), [`GET ${APIS}`]);
  });

  test("get() decodes the schema, keeps the rest and has no errors", async () => {
    const more = {
      features: { subgraph: false },
      security: { cors_policy: { allowed_origins: ["https://app.example.com"] } },
      aura_instance: { id: "a1b2c3d4" },
      unknown_to_us: [1],
    };
    const { aura, sent } = client(data({ ...SUMMARY, ...more, type_definitions: ENCODED }));
    const api = await aura.dataApis.get("a1b2c3d4", "c3d4e5f6");
    assert.deepEqual(api, { ...SUMMARY, ...more, type_definitions: SCHEMA, errors: [] });
    assert.deepEqual(sent(), [`GET ${ONE}`]);
  });

  test("get() gives the errors that come beside the data in a 200", async () => {
    const errors = [{ reason: "invalid-type-defs", message: 'Unknown type "Strig"' }];
    const { aura } = client(() => Response.json({ data: SUMMARY, errors }));
    const api = await aura.dataApis.get("a1b2c3d4", "c3d4e5f6");
    assert.equal(api.status, "ready");
    assert.equal(api.errors.length, 1);
    assert.equal(api.errors[0]?.reason, "invalid-type-defs");
    assert.equal(api.errors[0]?.message, 'Unknown type "Strig"');
  });

  test("get() throws when there are errors and no data, and for what is no answer", async () => {
    const { aura } = client(inTurn(
      () => Response.json({ data: null, errors: [{ message: "no such thing" }] }),
      () => Response.json({ data: {} }),
      () => Response.json([]),
      () => Response.json({ errors: [] }),
    ));
    const get = () => aura.dataApis.get("a1b2c3d4", "c3d4e5f6");
    await assert.rejects(get(), { status: 200, message: /^Cannot get Data API: no such thing/ });
    for (let times = 0; times < 3; times++) {
      await assert.rejects(get(), { status: 200, message: /not the JSON that was expected/ });
    }
  });

  for (
    const [what, schema, encoded] of [
      ["letters of any language", "# größe, 名前, 🎬\ntype A { b: Int }", undefined],
      ["an empty one", "", ""],
      ["a BOM", "\ufefftype A { b: Int }", undefined],
      ["a long one", "# ü\n".repeat(200_000), undefined],
    ] as const
  ) {
    test(`a schema comes through whole: ${what}`, async () => {
      let stored = "";
      const { aura } = client((seen) => {
        if (seen.method === "PATCH") stored = JSON.parse(seen.body).type_definitions;
        return Response.json({ data: { ...SUMMARY, type_definitions: stored } });
      });
      await aura.dataApis.update("a1b2c3d4", "c3d4e5f6", { type_definitions: schema });
      assert.match(stored, /^[A-Za-z\d+/]*={0,2}$/);
      if (encoded !== undefined) assert.equal(stored, encoded);
      const api = await aura.dataApis.get("a1b2c3d4", "c3d4e5f6");
      assert.ok(api.type_definitions === schema);
    });
  }

  test("get() gives a schema that is not encoded as it is", async () => {
    for (const schema of [SCHEMA, "type A", "%%%", "////"]) {
      const { aura } = client(data({ ...SUMMARY, type_definitions: schema }));
      const api = await aura.dataApis.get("a1b2c3d4", "c3d4e5f6");
      assert.equal(api.type_definitions, schema);
    }
  });

  test("create() sends the schema encoded and gives the keys as secrets", async () => {
    const { aura, sent } = client(data({
      ...SUMMARY,
      status: "creating",
      authentication_providers: [
        { id: "one", name: "default", type: "api-key", enabled: true, key: "canary-key" },
        { id: "two", name: "idp", type: "jwks", enabled: true, url: "https://idp.example.com" },
      ],
    }, 202));
    const made = await aura.dataApis.create("a1b2c3d4", {
      ...NEW,
      memory: "512MB",
      features: { subgraph: false },
    });
    const [first, second] = made.authentication_providers;
    assert.equal(first?.key?.reveal(), "canary-key");
    assert.deepEqual(second, {
      id: "two",
      name: "idp",
      type: "jwks",
      enabled: true,
      url: "https://idp.example.com",
    });
    assert.equal(made.status, "creating");
    assert.deepEqual(made.errors, []);
    assert.ok(!(inspect(made, { depth: 9 }) + JSON.stringify(made)).includes("canary"));
    assert.deepEqual(sent(), [
      `POST ${APIS} {"name":"movies-api","type_definitions":"${ENCODED}",` +
      '"aura_instance":{"username":"neo4j","password":"canary-password"},' +
      '"security":{"authentication_providers":[{"type":"api-key","name":"default"}]},' +
      '"memory":"512MB","features":{"subgraph":false}}',
    ]);
  });

  test("create() takes a Secret, and Aura's own account", async () => {
    const { aura, fake } = client(data(SUMMARY, 202));
    const password = new Secret("canary-secret");
    await aura.dataApis.create("a1b2c3d4", { ...NEW, aura_instance: { username: "u", password } });
    const aura_instance = { service_account: "read_only" } as const;
    const made = await aura.dataApis.create("a1b2c3d4", { ...NEW, aura_instance });
    assert.deepEqual(made.authentication_providers, []);
    const accounts = fake.calls.map(({ body }) => JSON.parse(body).aura_instance);
    assert.deepEqual(accounts, [
      { username: "u", password: "canary-secret" },
      { service_account: "read_only" },
    ]);
  });

  test("create() loses no key to errors beside it, and shows no password in them", async () => {
    const { aura } = client((seen) =>
      Response.json({
        data: { ...SUMMARY, authentication_providers: [{ id: "one", key: "canary-key" }] },
        errors: [{ message: `odd: ${seen.body}`, reason: "server-err" }],
      }, { status: 202 })
    );
    const made = await aura.dataApis.create("a1b2c3d4", NEW);
    assert.equal(made.authentication_providers[0]?.key?.reveal(), "canary-key");
    assert.match(String(made.errors[0]?.message), /^odd: .*\*\*\*/);
    assert.ok(!JSON.stringify(made).includes("canary"));
  });

  for (const password of ["canary-password", 'canary-"ä"/', new Secret("canary-secret")]) {
    test(`no error shows a password that a server echoes (${typeof password})`, async () => {
      const answers = [
        (body: string) =>
          JSON.stringify({ errors: [{ message: body, reason: body, field: body }] }),
        (body: string) => body,
        (body: string) => body.slice(0, -1),
        (body: string) => body.replaceAll("ä", "\\u00e4").replaceAll("/", "\\/"),
        (body: string) => JSON.stringify({ error: body }).replaceAll("ä", "\\u00e4"),
      ];
      for (const answer of answers) {
        const { aura, fake } = client((seen) =>
          new Response(answer(seen.body), { status: seen.method === "POST" ? 400 : 500 })
        );
        const account = { username: "neo4j", password };
        for (
          const call of [
            aura.dataApis.create("a1b2c3d4", { ...NEW, aura_instance: account }),
            aura.dataApis.update("a1b2c3d4", "c3d4e5f6", { aura_instance: account }),
          ]
        ) {
          await assert.rejects(call, (error: Error) => {
            const told = inspect(error, { depth: 20, showHidden: true }) + JSON.stringify(error);
            assert.ok(!told.includes("canary"), told);
            return true;
          });
        }
        assert.match(String(fake.calls[1]?.body), /canary/);
      }
    });
  }

  test("update() gives the Data API with what is wrong with it", async () => {
    const { aura, sent } = client(() =>
      Response.json({
        data: { ...SUMMARY, status: "updating" },
        errors: [{ message: "old trouble" }],
      }, { status: 202 })
    );
    const api = await aura.dataApis.update("a1b2c3d4", "c3d4e5f6", { name: "other" });
    assert.equal(api.status, "updating");
    assert.equal(api.errors[0]?.message, "old trouble");
    assert.deepEqual(sent(), [`PATCH ${ONE} {"name":"other"}`]);
  });

  test("delete(), pause() and resume() give the Data API", async () => {
    const { aura, sent } = client(data(SUMMARY, 202));
    const expected = { ...SUMMARY, errors: [] };
    assert.deepEqual(await aura.dataApis.pause("a1b2c3d4", "c3d4e5f6"), expected);
    assert.deepEqual(await aura.dataApis.resume("a1b2c3d4", "c3d4e5f6"), expected);
    assert.deepEqual(await aura.dataApis.delete("a1b2c3d4", "c3d4e5f6"), expected);
    assert.deepEqual(sent(), [`POST ${ONE}/pause {}`, `POST ${ONE}/resume {}`, `DELETE ${ONE}`]);
  });

  test("a change that is answered with nothing is read, a deletion is not", async () => {
    const { aura, sent } = client((seen) =>
      seen.method === "GET"
        ? Response.json({ data: SUMMARY })
        : new Response(seen.method === "PATCH" ? "{}" : null, { status: 202 })
    );
    const { dataApis } = aura;
    assert.equal((await dataApis.update("a1b2c3d4", "c3d4e5f6", { name: "x" })).status, "ready");
    assert.equal((await dataApis.pause("a1b2c3d4", "c3d4e5f6")).status, "ready");
    assert.equal((await dataApis.resume("a1b2c3d4", "c3d4e5f6")).status, "ready");
    assert.equal(await dataApis.delete("a1b2c3d4", "c3d4e5f6"), undefined);
    assert.equal(sent().filter((line) => line === `GET ${ONE}`).length, 3);
  });

  test("no call sends an id that leads elsewhere", async () => {
    const { aura: { dataApis }, fake } = client(data(SUMMARY));
    for (const id of BAD_IDS) {
      for (const [instanceId, apiId] of [[id, "c3d4e5f6"], ["a1b2c3d4", id]] as const) {
        for (
          const call of [
            dataApis.get(instanceId, apiId),
            dataApis.update(instanceId, apiId, {}),
            dataApis.delete(instanceId, apiId),
            dataApis.pause(instanceId, apiId),
            dataApis.resume(instanceId, apiId),
            dataApis.waitFor(instanceId, apiId, "ready"),
            dataApis.authProviders.list(instanceId, apiId),
            dataApis.authProviders.get(instanceId, apiId, "one"),
            dataApis.origins.list(instanceId, apiId),
            dataApis.origins.add(instanceId, apiId, "https://app.example.com"),
          ]
        ) await assert.rejects(call, { code: "CONFIG_INVALID" });
      }
      await assert.rejects(dataApis.list(id), { code: "CONFIG_INVALID" });
      await assert.rejects(dataApis.create(id, NEW), { code: "CONFIG_INVALID" });
      const { authProviders } = dataApis;
      for (
        const call of [
          authProviders.get("a1b2c3d4", "c3d4e5f6", id),
          authProviders.update("a1b2c3d4", "c3d4e5f6", id, {}),
          authProviders.delete("a1b2c3d4", "c3d4e5f6", id),
        ]
      ) await assert.rejects(call, { code: "CONFIG_INVALID" });
    }
    assert.equal(fake.calls.length, 0);
  });
});

describe("dataApis.authProviders", () => {
  const PROVIDERS = `${ONE}/auth-providers`;
  const ID = "038ac820-0000-4000-8000-e3720fab36ec";
  const provider = { id: ID, name: "default", type: "api-key", enabled: true };

  test("list() and get() read them", async () => {
    const { aura, sent } = client((seen) =>
      Response.json({ data: seen.path === PROVIDERS ? [provider] : provider })
    );
    const { authProviders } = aura.dataApis;
    assert.deepEqual(await authProviders.list("a1b2c3d4", "c3d4e5f6"), [provider]);
    assert.deepEqual(await authProviders.get("a1b2c3d4", "c3d4e5f6", ID), provider);
    assert.deepEqual(sent(), [`GET ${PROVIDERS}`, `GET ${PROVIDERS}/${ID}`]);
  });

  test("create() sends a flat body and gives the key as a secret", async () => {
    const { aura, sent } = client((seen) =>
      Response.json({
        data: { ...provider, key: seen.body.includes("api-key") ? "canary-key" : undefined },
        errors: [{ message: "told beside it" }],
      }, { status: 202 })
    );
    const { authProviders } = aura.dataApis;
    const made = await authProviders.create("a1b2c3d4", "c3d4e5f6", {
      type: "api-key",
      name: "default",
    });
    assert.equal(made.key?.reveal(), "canary-key");
    assert.ok(!(inspect(made) + JSON.stringify(made)).includes("canary"));
    const other = await authProviders.create("a1b2c3d4", "c3d4e5f6", {
      type: "jwks",
      name: "idp",
      enabled: false,
      url: "https://idp.example.com/jwks.json",
    });
    assert.ok(!("key" in other));
    assert.deepEqual(sent(), [
      `POST ${PROVIDERS} {"type":"api-key","name":"default"}`,
      `POST ${PROVIDERS} {"type":"jwks","name":"idp","enabled":false,` +
      '"url":"https://idp.example.com/jwks.json"}',
    ]);
  });

  test("update() and delete() give the provider", async () => {
    const { aura, sent } = client(data(provider, 202));
    const { authProviders } = aura.dataApis;
    const changes = { enabled: false };
    assert.deepEqual(
      await authProviders.update("a1b2c3d4", "c3d4e5f6", ID, changes),
      provider,
    );
    assert.deepEqual(await authProviders.delete("a1b2c3d4", "c3d4e5f6", ID), provider);
    assert.deepEqual(sent(), [
      `PATCH ${PROVIDERS}/${ID} {"enabled":false}`,
      `DELETE ${PROVIDERS}/${ID}`,
    ]);
  });

  test("update() reads what is answered with nothing, delete() gives undefined", async () => {
    const { aura } = client((seen) =>
      seen.method === "GET"
        ? Response.json({ data: provider })
        : new Response(null, { status: 202 })
    );
    const { authProviders } = aura.dataApis;
    assert.deepEqual(await authProviders.update("a1b2c3d4", "c3d4e5f6", ID, {}), provider);
    assert.equal(await authProviders.delete("a1b2c3d4", "c3d4e5f6", ID), undefined);
  });
});

describe("dataApis.origins", () => {
  const APP = "https://app.example.com";
  const ADMIN = "https://admin.example.com";

  /** A Data API that keeps its origins. */
  function keeping(...origins: string[]) {
    let security: unknown = { cors_policy: { allowed_origins: origins }, other: true };
    return client((seen) => {
      if (seen.method === "PATCH") security = JSON.parse(seen.body).security;
      return Response.json({ data: { ...SUMMARY, security } });
    });
  }

  test("list() gives them, and none where the API says nothing of them", async () => {
    const { aura } = keeping(APP, ADMIN);
    assert.deepEqual(await aura.dataApis.origins.list("a1b2c3d4", "c3d4e5f6"), [APP, ADMIN]);
    for (const security of [undefined, null, {}, { cors_policy: null }, { cors_policy: {} }]) {
      const { aura } = client(data({ ...SUMMARY, security }));
      assert.deepEqual(await aura.dataApis.origins.list("a1b2c3d4", "c3d4e5f6"), []);
    }
  });

  test("add() sends the whole list, with the new one", async () => {
    const { aura, sent } = keeping(APP);
    const { origins } = aura.dataApis;
    assert.deepEqual(await origins.add("a1b2c3d4", "c3d4e5f6", ADMIN), [APP, ADMIN]);
    assert.deepEqual(sent(), [
      `GET ${ONE}`,
      `PATCH ${ONE} {"security":{"cors_policy":{"allowed_origins":["${APP}","${ADMIN}"]}}}`,
    ]);
  });

  test("remove() sends the rest", async () => {
    const { aura, sent } = keeping(APP, ADMIN, APP);
    const { origins } = aura.dataApis;
    assert.deepEqual(await origins.remove("a1b2c3d4", "c3d4e5f6", APP), [ADMIN]);
    assert.deepEqual(sent(), [
      `GET ${ONE}`,
      `PATCH ${ONE} {"security":{"cors_policy":{"allowed_origins":["${ADMIN}"]}}}`,
    ]);
  });

  test("add() and remove() send nothing when there is nothing to change", async () => {
    const { aura, sent } = keeping(APP);
    const { origins } = aura.dataApis;
    assert.deepEqual(await origins.add("a1b2c3d4", "c3d4e5f6", APP), [APP]);
    assert.deepEqual(await origins.remove("a1b2c3d4", "c3d4e5f6", ADMIN), [APP]);
    assert.deepEqual(sent(), [`GET ${ONE}`, `GET ${ONE}`]);
  });

  test("remove() and update() send an empty list in company, because alone it is refused", async () => {
    const expected = `PATCH ${ONE} {"security":{"cors_policy":{"allowed_origins":[]}},` +
      '"test":"ignore me"}';
    const { aura, sent } = keeping(APP);
    assert.deepEqual(await aura.dataApis.origins.remove("a1b2c3d4", "c3d4e5f6", APP), []);
    assert.equal(sent()[1], expected);
    const security = { cors_policy: { allowed_origins: [] } };
    await aura.dataApis.update("a1b2c3d4", "c3d4e5f6", { security });
    assert.equal(sent()[2], expected);
    await aura.dataApis.update("a1b2c3d4", "c3d4e5f6", { name: "x", security });
    assert.equal(
      sent()[3],
      `PATCH ${ONE} {"name":"x","security":{"cors_policy":{"allowed_origins":[]}}}`,
    );
  });
});
