import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { classify } from "../../src/wake/classify.ts";
import type { WakeApi } from "../../src/aura/instance.ts";
import { connect as connectEither } from "../../src/neo4j/mod.ts";
import { connect, type ConnectOptions, fromEnv, rawProbe } from "../../src/neo4j/query-api/mod.ts";

const URI = "https://1a2b3c4d.databases.neo4j.io";
const SECRET = "canary-password";

interface Sent {
  readonly url: string;
  readonly method: string;
  readonly headers: Headers;
  readonly body: { statement: string; parameters: unknown; accessMode: string };
}

interface Fake {
  readonly sent: Sent[];
  readonly options: ConnectOptions;
}

/** A connection whose requests get the given answers in turn, the last one for ever. */
function fake(
  answers: (() => Response | Promise<Response>)[],
  extra: Partial<ConnectOptions> = {},
): Fake {
  const sent: Sent[] = [];
  return {
    sent,
    options: {
      uri: URI,
      password: SECRET,
      fetch: async (request) => {
        const { url, method, headers } = request;
        sent.push({ url, method, headers, body: JSON.parse(await request.text()) });
        request.signal.throwIfAborted();
        const answer = answers[Math.min(sent.length, answers.length) - 1]!;
        return await Promise.race([
          answer(),
          new Promise<never>((_, reject) =>
            request.signal.addEventListener("abort", () => reject(request.signal.reason))
          ),
        ]);
      },
      ...extra,
    },
  };
}

function rows(fields: string[], ...values: unknown[][]): () => Response {
  return () => Response.json({ data: { fields, values }, bookmarks: [] }, { status: 202 });
}

function typed($type: string, _value: unknown): unknown {
  return { $type, _value };
}

async function failure(
  promise: Promise<unknown>,
): Promise<Error & { code?: string; status?: number }> {
  return await promise.then(() => assert.fail("must fail"), (error) => error);
}

describe("connect() over the Query API: the request", () => {
  test("read() posts the statement with read access, as typed JSON", async () => {
    const { sent, options } = fake([rows(["n"], [typed("Integer", "1")])]);
    const db = connect(options);
    assert.equal(sent.length, 0);
    assert.deepEqual(await db.read("RETURN $n AS n", { n: 1 }), [{ n: 1 }]);
    const { url, method, headers, body } = sent.at(-1)!;
    assert.equal(`${method} ${url}`, `POST ${URI}/db/neo4j/query/v2`);
    assert.equal(headers.get("accept"), "application/vnd.neo4j.query");
    assert.equal(headers.get("content-type"), "application/vnd.neo4j.query");
    assert.equal(headers.get("authorization"), "Basic " + btoa(`neo4j:${SECRET}`));
    assert.deepEqual(Object.keys(body), ["statement", "parameters", "accessMode"]);
    assert.deepEqual(body.parameters, { n: { $type: "Integer", _value: "1" } });
    assert.equal(body.accessMode, "Read");
  });

  test("write() and run() ask for write access", async () => {
    const { sent, options } = fake([rows(["n"], [typed("String", "x")])]);
    const db = connect(options);
    await db.write("CREATE (n) RETURN n");
    const record = await db.run(async (session) =>
      (await session.run("RETURN 'x' AS n")).records[0]
    );
    assert.equal(record?.get("n"), "x");
    assert.deepEqual(record?.keys, ["n"]);
    assert.deepEqual(record?.toObject(), { n: "x" });
    assert.deepEqual(sent.map(({ body }) => body.accessMode), ["Write", "Write"]);
  });

  test("connect() sends a name and password beyond ASCII as UTF-8", async () => {
    const { sent, options } = fake([rows([])], { username: "jürgen", password: "пароль" });
    await connect(options).read("RETURN 1");
    const basic = sent[0]!.headers.get("authorization")!.slice("Basic ".length);
    const bytes = Uint8Array.from(atob(basic), (char) => char.charCodeAt(0));
    assert.equal(new TextDecoder().decode(bytes), "jürgen:пароль");
  });

  const addresses: readonly (readonly [Partial<ConnectOptions>, string])[] = [
    [{}, `${URI}/db/neo4j/query/v2`],
    [{ uri: "neo4j+s://1a2b3c4d.databases.neo4j.io" }, `${URI}/db/neo4j/query/v2`],
    [{ uri: "neo4j+s://1a2b3c4d.databases.neo4j.io:7687" }, `${URI}/db/neo4j/query/v2`],
    [{ uri: "neo4j+ssc://host" }, "https://host/db/neo4j/query/v2"],
    [{ uri: "bolt+s://host:7687" }, "https://host/db/neo4j/query/v2"],
    [{ uri: "https://me:pw@host:7473/" }, "https://host:7473/db/neo4j/query/v2"],
    [{ uri: "http://localhost:7474" }, "http://localhost:7474/db/neo4j/query/v2"],
    [{ uri: "http://127.0.0.1:7474" }, "http://127.0.0.1:7474/db/neo4j/query/v2"],
    [{ uri: "http://[::1]:7474" }, "http://[::1]:7474/db/neo4j/query/v2"],
    [
      { uri: "neo4j://127.0.0.1:7687", queryApiUrl: "http://127.0.0.1:7474/" },
      "http://127.0.0.1:7474/db/neo4j/query/v2",
    ],
    [{ queryApiUrl: "https://proxy.example/aura" }, "https://proxy.example/aura/db/neo4j/query/v2"],
    [{ database: "1a2b3c4d" }, `${URI}/db/1a2b3c4d/query/v2`],
    [{ database: "a/../b?c#d é" }, `${URI}/db/a%2F..%2Fb%3Fc%23d%20%C3%A9/query/v2`],
  ];
  for (const [extra, expected] of addresses) {
    test(`connect() with ${JSON.stringify(extra)} posts to ${expected}`, async () => {
      const { sent, options } = fake([rows([])], extra);
      await connect(options).read("RETURN 1");
      assert.equal(sent[0]!.url, expected);
    });
  }

  const refused: readonly (readonly [Partial<ConnectOptions>, string, RegExp])[] = [
    [{ uri: "" }, "CONFIG_INCOMPLETE", /^Cannot connect: uri is missing$/],
    [{ password: "" }, "CONFIG_INCOMPLETE", /^Cannot connect: password is missing$/],
    [fromEnv({}), "CONFIG_INCOMPLETE", /^Cannot connect: NEO4J_URI is missing$/],
    [
      fromEnv({ NEO4J_URI: "neo4j+s://host" }),
      "CONFIG_INCOMPLETE",
      /^Cannot connect: NEO4J_PASSWORD is missing$/,
    ],
    [
      fromEnv({ NEO4J_URI: "host", NEO4J_PASSWORD: SECRET }),
      "CONFIG_INVALID",
      /^Cannot connect: NEO4J_URI is not a neo4j\+s:\/\/ or https:\/\/ address$/,
    ],
    [{ queryTimeoutMs: NaN }, "CONFIG_INVALID", /^Cannot connect: queryTimeoutMs is not a number/],
    [{ queryTimeoutMs: 0 }, "CONFIG_INVALID", /queryTimeoutMs is not a number above 0$/],
    [{ queryTimeoutMs: 2 ** 31 }, "CONFIG_INVALID", /queryTimeoutMs/],
    [{ queryTimeoutMs: "10" as never }, "CONFIG_INVALID", /queryTimeoutMs/],
    [{ holdMs: -1 }, "CONFIG_INVALID", /^Cannot connect: holdMs is not a number$/],
    [
      { uri: `neo4j+s://neo4j:${SECRET}@a:b:c` },
      "CONFIG_INVALID",
      /uri is not a neo4j\+s:\/\/ or https:\/\/ address$/,
    ],
    [{ uri: `https://neo4j:${SECRET}@host:99999` }, "CONFIG_INVALID", /no address of one$/],
    [{ uri: "http://host.example" }, "CONFIG_INVALID", /plain http is for loopback only/],
    [{ uri: "http://localhost.example" }, "CONFIG_INVALID", /plain http is for loopback only/],
    [{ uri: "http://127.evil.example" }, "CONFIG_INVALID", /plain http is for loopback only/],
    [{ uri: "neo4j://host" }, "CONFIG_INVALID", /not encrypted, set queryApiUrl$/],
    [{ queryApiUrl: "nowhere" }, "CONFIG_INVALID", /no address of one$/],
    [
      { uri: "https://host", aura: { credentials: { token: "t" } } },
      "CONFIG_INCOMPLETE",
      /instanceId is missing/,
    ],
  ];
  for (const [extra, code, message] of refused) {
    test(`connect() refuses ${JSON.stringify(extra)}`, () => {
      const { options } = fake([rows([])], extra);
      assert.throws(() => connect(options), (error: Error & { code: string }) => {
        assert.equal(error.code, code);
        assert.match(error.message, message);
        assert.ok(!error.message.includes(SECRET));
        return true;
      });
    });
  }
});

describe("connect() over the Query API: values", () => {
  const parameters: readonly (readonly [string, unknown, unknown])[] = [
    ["null", null, typed("Null", null)],
    ["undefined", undefined, typed("Null", null)],
    ["a boolean", false, typed("Boolean", false)],
    ["a text", "é", typed("String", "é")],
    ["a whole number", 42, typed("Integer", "42")],
    ["the largest safe number", 2 ** 53 - 1, typed("Integer", "9007199254740991")],
    ["a number beyond it", 2 ** 53, typed("Float", "9007199254740992")],
    ["a fraction", 1.5, typed("Float", "1.5")],
    ["not a number", NaN, typed("Float", "NaN")],
    ["infinity", -Infinity, typed("Float", "-Infinity")],
    ["a bigint", 2n ** 63n - 1n, typed("Integer", "9223372036854775807")],
    ["a date", new Date(1_700_000_000_123), typed("OffsetDateTime", "2023-11-14T22:13:20.123Z")],
    ["bytes", new Uint8Array([3, 111, 191]), typed("Base64", "A2+/")],
    [
      "a list",
      [1, [null]],
      typed("List", [typed("Integer", "1"), typed("List", [typed("Null", null)])]),
    ],
    ["an object", { a: { b: 1 } }, typed("Map", { a: typed("Map", { b: typed("Integer", "1") }) })],
    [
      "an object without prototype",
      Object.assign(Object.create(null), { a: "b" }),
      typed("Map", { a: typed("String", "b") }),
    ],
  ];
  for (const [name, value, expected] of parameters) {
    test(`connect() sends ${name}`, async () => {
      const { sent, options } = fake([rows([])]);
      await connect(options).read("RETURN $p", { p: value });
      assert.deepEqual(sent[0]!.body.parameters, { p: expected });
    });
  }

  for (const value of [() => 1, Symbol("x"), new Map(), new URL(URI), /x/]) {
    test(`connect() does not send ${Object.prototype.toString.call(value)} ${value.constructor.name}`, async () => {
      const { sent, options } = fake([rows([])]);
      const error = await failure(connect(options).write("RETURN $p", { p: [value] }));
      assert.match(error.message, /^Cannot send a parameter: /);
      assert.deepEqual(sent, []);
      assert.equal(classify(error).kind, "not-paused");
    });
  }

  test("connect() sends large bytes", async () => {
    const { sent, options } = fake([rows([])]);
    await connect(options).read("RETURN $p", { p: new Uint8Array(300_000) });
    assert.equal((sent[0]!.body.parameters as { p: { _value: string } }).p._value.length, 400_000);
  });

  const node = typed("Node", {
    _element_id: "4:x:0",
    _labels: ["Movie"],
    _properties: { year: typed("Integer", "1999") },
  });
  const relationship = typed("Relationship", {
    _element_id: "5:x:2",
    _start_node_element_id: "4:x:0",
    _end_node_element_id: "4:x:1",
    _type: "ACTED_IN",
    _properties: {},
  });
  const plainNode = { elementId: "4:x:0", labels: ["Movie"], properties: { year: 1999 } };
  const plainRelationship = {
    elementId: "5:x:2",
    type: "ACTED_IN",
    startNodeElementId: "4:x:0",
    endNodeElementId: "4:x:1",
    properties: {},
  };
  const answers: readonly (readonly [unknown, unknown])[] = [
    [typed("Null", null), null],
    [typed("Boolean", true), true],
    [typed("Integer", "9007199254740991"), 9007199254740991],
    [typed("Integer", "9007199254740993"), 9007199254740993n],
    [typed("Integer", "-9223372036854775808"), -(2n ** 63n)],
    [typed("Float", "1.0"), 1],
    [typed("Float", "3.2E9"), 3.2e9],
    [typed("Float", "NaN"), NaN],
    [typed("Float", "-Infinity"), -Infinity],
    [typed("String", "12:30"), "12:30"],
    [typed("Base64", "A2+/"), new Uint8Array([3, 111, 191])],
    [typed("List", [typed("Integer", "1")]), [1]],
    [typed("Map", { __proto__x: typed("Null", null) }), { __proto__x: null }],
    [typed("Date", "2015-03-26"), "2015-03-26"],
    [typed("Time", "12:50+01:00"), "12:50:00+01:00"],
    [typed("Time", "12:50:35.556+01:00"), "12:50:35.556+01:00"],
    [typed("LocalTime", "12:50:35.500000000"), "12:50:35.5"],
    [typed("LocalDateTime", "2015-07-04T19:32"), "2015-07-04T19:32:00"],
    [typed("LocalDateTime", "-000044-07-04T19:32:24"), "-0044-07-04T19:32:24"],
    [typed("OffsetDateTime", "2015-11-21T21:40:32.142Z"), "2015-11-21T21:40:32.142Z"],
    [
      typed("ZonedDateTime", "2015-11-21T21:40Z[Antarctica/Troll]"),
      "2015-11-21T21:40:00Z[Antarctica/Troll]",
    ],
    [typed("Duration", "P14DT16H12M"), "P14DT16H12M"],
    [typed("Point", "SRID=7203;POINT (1.2 -3.4)"), { srid: 7203, x: 1.2, y: -3.4 }],
    [typed("Point", "SRID=9157;POINT Z (1.0 2.0E-7 3.0)"), { srid: 9157, x: 1, y: 2e-7, z: 3 }],
    [node, plainNode],
    [relationship, plainRelationship],
    [typed("Path", [node, relationship, node]), [plainNode, plainRelationship, plainNode]],
    ["untyped", "untyped"],
    [null, null],
  ];
  for (const [value, expected] of answers) {
    test(`connect() reads ${JSON.stringify(value)}`, async () => {
      const { options } = fake([rows(["v"], [value])]);
      assert.deepEqual(await connect(options).read("RETURN 1"), [{ v: expected }]);
    });
  }
});

describe("connect() over the Query API: failures", () => {
  const cases: readonly (readonly [string, () => Response, string, number, string])[] = [
    [
      "a statement's error in a 202",
      () =>
        Response.json({
          data: { fields: [], values: [] },
          errors: [{ code: "Neo.ClientError.Statement.SyntaxError", message: "Invalid input" }],
        }, { status: 202 }),
      "Neo.ClientError.Statement.SyntaxError",
      202,
      "not-paused statement yes",
    ],
    [
      "a statement's error in a 400",
      () =>
        Response.json({
          errors: [{ code: "Neo.ClientError.Statement.SyntaxError", message: "Invalid input" }],
        }, { status: 400 }),
      "Neo.ClientError.Statement.SyntaxError",
      400,
      "not-paused statement yes",
    ],
    [
      "a wrong password",
      () =>
        Response.json({
          errors: [{
            code: "Neo.ClientError.Security.Unauthorized",
            message: "Invalid credential.",
          }],
        }, { status: 401 }),
      "Neo.ClientError.Security.Unauthorized",
      401,
      "not-paused statement yes",
    ],
    [
      "an empty 401",
      () => new Response(null, { status: 401 }),
      "AURA_QUERY",
      401,
      "not-paused http-4xx maybe",
    ],
    [
      "a blocked path",
      () => new Response("Request forbidden by administrative rules", { status: 403 }),
      "AURA_QUERY",
      403,
      "not-paused http-4xx maybe",
    ],
    [
      "an unavailable database",
      () =>
        Response.json({
          errors: [{ code: "Neo.TransientError.General.DatabaseUnavailable", message: "no" }],
        }, { status: 503 }),
      "Neo.TransientError.General.DatabaseUnavailable",
      503,
      "ambiguous database-unavailable maybe",
    ],
    [
      "HTML in a 503",
      () => new Response("<html>503</html>", { status: 503 }),
      "AURA_QUERY",
      503,
      "ambiguous http-5xx maybe",
    ],
    [
      "an empty 502",
      () => new Response(null, { status: 502 }),
      "AURA_QUERY",
      502,
      "ambiguous http-5xx maybe",
    ],
    [
      "Cloudflare's unknown origin",
      () => new Response("error code: 1016", { status: 530 }),
      "AURA_QUERY",
      530,
      "paused-candidate name-gone no",
    ],
    [
      "a redirect",
      () => new Response(null, { status: 302, headers: { location: "https://elsewhere/" } }),
      "AURA_QUERY",
      302,
      "not-paused unknown maybe",
    ],
    [
      "HTML in a 200",
      () => new Response("<html>", { status: 200 }),
      "AURA_QUERY",
      200,
      "not-paused unknown maybe",
    ],
    [
      "an empty 202",
      () => new Response("", { status: 202 }),
      "AURA_QUERY",
      202,
      "not-paused unknown maybe",
    ],
    [
      "JSON that is no answer",
      () => Response.json(null, { status: 202 }),
      "AURA_QUERY",
      202,
      "not-paused unknown maybe",
    ],
  ];
  for (const [name, answer, code, status, verdict] of cases) {
    test(`read() fails with ${code} for ${name}`, async () => {
      const error = await failure(connect(fake([answer]).options).read("RETURN 1"));
      assert.equal(error.code, code);
      assert.equal(error.status, status);
      assert.equal(error.name, "QueryError");
      const { kind, reason, reached } = classify(error);
      assert.equal(`${kind} ${reason} ${reached}`, verdict);
      if (code === "AURA_QUERY") {
        assert.match(
          error.message,
          new RegExp(`POST ${URI}/db/neo4j/query/v2 answered ${status} `),
        );
      }
      assert.ok(!(error.message + error.stack).includes(SECRET));
    });
  }

  test("read() passes a network error on as it is", async () => {
    const error = new TypeError("fetch failed");
    const { options } = fake([() => Promise.reject(error)]);
    assert.equal(await failure(connect(options).read("RETURN 1")), error);
  });

  test("read() ends after queryTimeoutMs", async () => {
    const { options } = fake([() => new Promise<Response>(() => {})], { queryTimeoutMs: 20 });
    const error = await failure(connect(options).write("CREATE (n)"));
    assert.equal(error.name, "TimeoutError");
    assert.deepEqual(classify(error), { kind: "ambiguous", reason: "timeout", reached: "maybe" });
  });

  test("read() ends with the caller's reason", async () => {
    const { options } = fake([() => new Promise<Response>(() => {})]);
    const controller = new AbortController();
    const reading = connect(options).read("RETURN 1", {}, { signal: controller.signal });
    const reason = new Error("left");
    controller.abort(reason);
    assert.equal(await failure(reading), reason);
    const { sent, options: unused } = fake([rows([])]);
    const late = connect(unused).read("RETURN 1", {}, { signal: controller.signal });
    assert.equal(await failure(late), reason);
    assert.deepEqual(sent, []);
  });
});

/** The Aura API of one instance that is paused until it is asked to resume. */
function auraOf(id: string): WakeApi & { readonly calls: string[]; status: string } {
  const calls: string[] = [];
  const api = {
    key: "test",
    calls,
    status: "paused",
    instances: {
      get: (asked: string) => {
        calls.push("get " + asked);
        return Promise.resolve(instance());
      },
      resume: (asked: string) => {
        calls.push("resume " + asked);
        api.status = "running";
        return Promise.resolve(instance());
      },
    },
  };
  function instance() {
    return {
      id,
      name: "x",
      tenant_id: "t",
      cloud_provider: "gcp",
      status: api.status,
      connection_url: `neo4j+s://${id}.databases.neo4j.io`,
    };
  }
  return api;
}

describe("connect() over the Query API: waking", () => {
  test("write() wakes a paused instance and runs once what never arrived", async () => {
    const aura = auraOf("1a2b3c4d");
    const { sent, options } = fake([
      () => Promise.reject(new TypeError("getaddrinfo ENOTFOUND 1a2b3c4d.databases.neo4j.io")),
      rows(["n"], [typed("Integer", "1")]),
    ], { aura });
    const db = connect(options);
    assert.equal(db.waker?.instanceId, "1a2b3c4d");
    assert.deepEqual(await db.write("CREATE (n) RETURN 1 AS n"), [{ n: 1 }]);
    assert.deepEqual(aura.calls, ["get 1a2b3c4d", "resume 1a2b3c4d"]);
    assert.deepEqual(sent.map(({ body }) => body.statement), [
      "CREATE (n) RETURN 1 AS n",
      "RETURN 1",
      "CREATE (n) RETURN 1 AS n",
    ]);
    await db.close();
  });

  test("write() wakes, and gives the error back when the write may have arrived", async () => {
    const aura = auraOf("1a2b3c4d");
    const lost = new Error("read ECONNRESET");
    const { sent, options } = fake([
      () => Promise.reject(lost),
      rows(["n"], [typed("Integer", "1")]),
    ], { aura });
    const db = connect(options);
    assert.equal(await failure(db.write("CREATE (n)")), lost);
    assert.equal(sent.filter(({ body }) => body.statement === "CREATE (n)").length, 1);
    assert.deepEqual(aura.calls, ["get 1a2b3c4d", "resume 1a2b3c4d"]);
    await db.close();
  });

  test("write() runs again when the caller says that it may", async () => {
    const aura = auraOf("1a2b3c4d");
    const { sent, options } = fake([() => Promise.reject(new Error("read ECONNRESET")), rows([])], {
      aura,
    });
    const db = connect(options);
    await db.write("MERGE (n)", {}, { idempotent: true });
    assert.equal(sent.filter(({ body }) => body.statement === "MERGE (n)").length, 2);
    await db.close();
  });

  test("read() runs again also when it may have arrived, unless the caller says that it may not", async () => {
    for (const [idempotent, times] of [[undefined, 2], [false, 1]] as const) {
      const { sent, options } = fake(
        [() => Promise.reject(new Error("read ECONNRESET")), rows([])],
        { aura: auraOf("1a2b3c4d") },
      );
      const db = connect(options);
      await db.read("MATCH (n) RETURN n", {}, { idempotent }).catch(() => {});
      assert.equal(sent.filter(({ body }) => body.statement.startsWith("MATCH")).length, times);
      await db.close();
    }
  });

  test("verifyConnectivity() and rawProbe() never wake", async () => {
    const aura = auraOf("1a2b3c4d");
    const gone = new TypeError("getaddrinfo ENOTFOUND 1a2b3c4d.databases.neo4j.io");
    const { options } = fake([() => Promise.reject(gone)], { aura });
    const db = connect(options);
    assert.equal(await failure(db.verifyConnectivity()), gone);
    assert.equal(
      await failure(Promise.resolve(rawProbe(options)(new AbortController().signal))),
      gone,
    );
    assert.deepEqual(aura.calls, []);
    await db.close();
  });

  test("connect() without credentials wakes nothing", async () => {
    const gone = new TypeError("getaddrinfo ENOTFOUND 1a2b3c4d.databases.neo4j.io");
    const { options } = fake([() => Promise.reject(gone)]);
    const db = connect(options);
    assert.equal(db.waker, undefined);
    assert.equal(await failure(db.read("RETURN 1")), gone);
  });
});

describe("fromEnv()", () => {
  test("fromEnv() gives the options of connect()", () => {
    const options = fromEnv({
      NEO4J_URI: "neo4j+s://1a2b3c4d.databases.neo4j.io",
      NEO4J_USERNAME: "1a2b3c4d",
      NEO4J_PASSWORD: SECRET,
      NEO4J_DATABASE: "1a2b3c4d",
      AURA_CLIENT_ID: "id",
      AURA_CLIENT_SECRET: "key",
      AURA_BASE_URL: "http://127.0.0.1:9",
      NEO4J_RESUME_COOLDOWN: "1000",
      AURA_WAKE_HOLD_MS: "8000",
      SOMETHING: new (class Binding {})(),
    });
    assert.deepEqual(options, {
      uri: "neo4j+s://1a2b3c4d.databases.neo4j.io",
      username: "1a2b3c4d",
      password: SECRET,
      database: "1a2b3c4d",
      instanceId: "1a2b3c4d",
      queryApiUrl: undefined,
      aura: {
        credentials: { clientId: "id", clientSecret: "key" },
        baseUrl: "http://127.0.0.1:9",
        tokenUrl: undefined,
      },
      wake: {
        enabled: undefined,
        maxResumeCalls: undefined,
        firstGuessMs: undefined,
        cooldownMs: 1000,
        deadlineMs: undefined,
        maxWakesPerDay: undefined,
      },
      holdMs: 8_000,
      problems: [],
    });
    assert.equal(connect(options).waker?.instanceId, "1a2b3c4d");
  });

  test("fromEnv() leaves the waker out when half of the credentials is missing, and says so", () => {
    const options = fromEnv({ NEO4J_URI: URI, NEO4J_PASSWORD: SECRET, AURA_CLIENT_ID: "id" });
    assert.equal(options.aura, undefined);
    assert.equal(options.problems[0]?.code, "CONFIG_INCOMPLETE");
    assert.equal(connect(options).waker, undefined);
  });

  test("fromEnv() leaves its findings on the connection, over both transports", () => {
    for (const open of [connect, connectEither]) {
      for (const uri of [URI, "neo4j+s://1a2b3c4d.databases.neo4j.io"]) {
        const variables = { NEO4J_URI: uri, NEO4J_PASSWORD: SECRET, AURA_WAKE_HOLD_MS: "9000" };
        const { problems, holdMs } = open(fromEnv(variables));
        assert.deepEqual(problems?.map(({ code }) => code), ["CONFIG_MISSING"]);
        assert.equal(holdMs, 9_000);
      }
    }
  });
});

describe("connect() over the Query API: a silent host", () => {
  test(
    "read() ends long before its time-out when the host says nothing",
    { timeout: 40_000 },
    async () => {
      const asked: string[] = [];
      const db = connect({
        uri: "https://1a2b3c4d.databases.neo4j.io",
        password: "secret",
        fetch: async (request) => {
          asked.push(JSON.parse(await request.clone().text()).statement);
          return await new Promise((_resolve, reject) => {
            request.signal.addEventListener("abort", () => reject(request.signal.reason));
          });
        },
      });
      const began = performance.now();
      const error = await db.read("MATCH (n) RETURN n").then(
        () => assert.fail(),
        (error: Error) => error,
      );
      const ms = performance.now() - began;
      assert.equal(error.name, "TimeoutError");
      assert.ok(ms > 9_000 && ms < 13_000, `${ms} ms`);
      assert.deepEqual(asked, ["MATCH (n) RETURN n", "RETURN 1"]);
    },
  );

  test("read() lets a long query run while the host answers", { timeout: 40_000 }, async () => {
    const rows = JSON.stringify({
      data: { fields: ["one"], values: [[{ $type: "Integer", _value: "1" }]] },
    });
    const db = connect({
      uri: "https://1a2b3c4d.databases.neo4j.io",
      password: "secret",
      fetch: async (request) => {
        const { statement } = JSON.parse(await request.clone().text());
        if (statement !== "RETURN 1") await new Promise((resolve) => setTimeout(resolve, 6_000));
        return new Response(rows, { status: 202 });
      },
    });
    assert.deepEqual(await db.read("a long query"), [{ one: 1 }]);
  });
});

describe("connect() over the Query API: answers that are none", () => {
  for (
    const body of [
      '{"errors":{"code":"x"}}',
      '{"data":{"fields":["n"]}}',
      '{"data":[]}',
      "null",
      "[1]",
    ]
  ) {
    test(`read() takes ${body} for no answer`, async () => {
      const db = connect({
        uri: "https://1a2b3c4d.databases.neo4j.io",
        password: "secret",
        fetch: () => Promise.resolve(new Response(body, { status: 202 })),
      });
      await assert.rejects(db.read("RETURN 1"), { code: "AURA_QUERY" });
    });
  }
});
