import assert from "node:assert/strict";
import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, test } from "node:test";
import { TOOLS } from "../../mcp/core/catalogue.ts";
import { serveHttp } from "../../mcp/http/serve.ts";
import { type AuraMcpOptions, createAuraMcpServer } from "../../mcp/mod.ts";
import { inParallel } from "../../src/in-parallel.ts";
import type { Clock } from "../../src/clock.ts";
import { type Emulator, type Fault, startEmulator } from "../../src/emulator/mod.ts";
import type { SecretSink } from "../../src/operate/secrets/secret-place.ts";
import { memoryJournal } from "../../src/store/memory-journal.ts";
import { memoryStore } from "../../src/store/memory.ts";
import { HOSTILE, SECRETS } from "./canary/canaries.ts";
import { startCloud, TROUBLES } from "./canary/cloud.ts";
import type { Driver } from "./canary/drive.ts";
import { Emitted, withConsole } from "./canary/emitted.ts";
import { type Issuer, startIssuer } from "./canary/issuer.ts";
import {
  anHttpProcess,
  aProcess,
  around,
  inThisProcess,
  overHttp,
  overStdio,
  recordingFetch,
} from "./canary/serve.ts";
import { ID, MODEL } from "./canary/story.ts";
import { CLIENT_ID, startWorld, unlucky, type World } from "./canary/world.ts";

const NAMES = TOOLS.map(({ name }) => name).toSorted();
/** What makes a secret. */
const MAKERS = ["add_graphql_auth_provider", "create_instance", "deploy_graphql_api"];
type Row = Readonly<Record<string, unknown>>;
const LONG = { timeout: 60_000 };

/** Nothing came out that must not, and something came out of every place. */
function assertClean({ emitted, canaries }: World, ...places: string[]): void {
  const there = [...emitted.places];
  assert.deepEqual(places.filter((place) => !there.some((each) => each.startsWith(place))), []);
  assert.deepEqual(emitted.problems(canaries), []);
}

/** Runs a server in this process. */
async function withServer(
  world: World,
  options: AuraMcpOptions,
  work: (driver: Driver) => Promise<void>,
  timeoutMs?: number,
): Promise<Driver> {
  const driver = await inThisProcess(world, options, timeoutMs);
  try {
    await work(driver);
  } finally {
    await driver.close();
  }
  return driver;
}

/** The same clock, ten times as fast: so that what is tried again and again is over soon. */
function hurried(clock: Clock): Clock {
  const start = clock.now();
  return {
    now: () => start + (clock.now() - start) * 10,
    sleep: (ms, options) => clock.sleep(ms / 10, options),
  };
}

async function filesIn(folder: string): Promise<string[]> {
  const all = await readdir(folder, { recursive: true, withFileTypes: true });
  return all.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name))
    .toSorted();
}

/** Files of mode 0600 with these secrets in them, and no other ones. */
async function assertFiles({ canaries, folder }: World, told: string[]): Promise<void> {
  const files = await filesIn(folder);
  assert.deepEqual(files, told.toSorted());
  const secrets: string[] = [];
  for (const file of files) {
    assert.equal((await stat(file)).mode & 0o777, 0o600, file);
    secrets.push(...canaries.whatIs(await readFile(file, "utf8")));
  }
  assert.equal(secrets.length, files.length);
  assert.deepEqual([...new Set(secrets)].toSorted(), [
    "key that was given out",
    "password that was given out",
  ]);
}

describe("no secret comes out of a server in this process", () => {
  for (const confirm of ["ask", "token"] as const) {
    test(`when every tool does what it is for, with --confirm=${confirm}`, LONG, async () => {
      await using world = await startWorld();
      using _keys = learnKeys(world);
      await withConsole(world.emitted, async () => {
        const driver = await withServer(world, { confirm }, async (driver) => {
          for (const part of PARTS) await part(driver);
          assert.deepEqual(driver.failures, []);
          assert.deepEqual([...driver.succeeded].toSorted(), NAMES);
          if (confirm === "token") return;
          await driver.nonsense();
          await driver.strangers();
        });
        await assertFiles(world, driver.files);
      });
      assert.ok(world.canaries.count("access_token that was given out") > 0);
      assert.ok(confirm === "ask" || world.canaries.count("key of confirmations") > 0);
      assertClean(world, "message", "instructions");
    });
  }

  test("when the answers of Aura have all in them that was sent", LONG, async () => {
    await using world = await startWorld();
    await withConsole(world.emitted, async () => {
      // Not all together: there are only so many connections.
      await inParallel(TROUBLES, 4, async (trouble) => {
        const credentials = unlucky(trouble);
        const secretsFolder = join(world.folder, credentials.clientId);
        const { failures, succeeded } = await withServer(
          world,
          { credentials, secretsFolder, clock: hurried(world.aura.clock) },
          (driver) => driver.allAtOnce(),
        );
        assert.ok(failures.length > 10, credentials.clientId);
        assert.deepEqual(MAKERS.filter((name) => succeeded.has(name)), []);
      });
    });
    assert.deepEqual(await filesIn(world.folder), []);
    assertClean(world, "message");
  });

  test("when Aura cannot be reached, breaks off, or talks nonsense", LONG, async () => {
    await using world = await startWorld();
    const cases = Object.entries(BROKEN).flatMap(([title, broken]) => [
      { title: `${title} of a sign-in`, broken, ofSignIn: true },
      { title, broken, ofSignIn: false },
    ]);
    await withConsole(world.emitted, async () => {
      await inParallel(cases, 4, async ({ title, broken, ofSignIn }) => {
        const fetchOrBreak = async (request: Request): Promise<Response> => {
          const isSignIn = request.url.endsWith("/oauth/token");
          return await (isSignIn === ofSignIn ? broken(request) : fetch(request));
        };
        const { failures, succeeded } = await withServer(
          world,
          {
            fetch: fetchOrBreak,
            secretsFolder: join(world.folder, title),
            clock: hurried(world.aura.clock),
          },
          (driver) => driver.allAtOnce(),
        );
        assert.ok(failures.length > 10, title);
        assert.deepEqual(MAKERS.filter((name) => succeeded.has(name)), [], title);
      });
      const baseUrl = "http://127.0.0.1:9";
      const clock = hurried(world.aura.clock);
      await withServer(world, { baseUrl, clock }, (driver) => driver.allAtOnce());
    });
    assertClean(world, "message");
  });

  test("when nobody answers, and the client does not want to wait", LONG, async () => {
    await using world = await startWorld();
    const silent = (request: Request): Promise<Response> =>
      new Promise((_resolve, reject) => {
        request.signal.addEventListener("abort", () => reject(request.signal.reason));
      });
    await withConsole(world.emitted, async () => {
      await withServer(world, { fetch: silent }, (driver) => driver.allAtOnce(), 200);
    });
    assertClean(world, "instructions");
  });

  test("when databases say all that they were sent", LONG, async () => {
    await using world = await startWorld();
    const password = SECRETS["database password"];
    const basic = btoa(String.fromCharCode(...new TextEncoder().encode(`neo4j:${password}`)));
    const message = `Basic ${basic} is neo4j:${password} ${HOSTILE}`;
    const neo4j = (code: string): unknown => ({ errors: [{ code, message }] });
    const faults: Fault[] = [
      { status: 401, body: neo4j("Neo.ClientError.Security.Unauthorized") },
      { status: 403, body: neo4j("Neo.ClientError.Security.Forbidden") },
      { status: 400, body: neo4j("Neo.ClientError.Statement.SyntaxError") },
      { status: 202, body: neo4j("Neo.ClientError.Statement.TypeError") },
      { status: 500, body: neo4j("Neo.DatabaseError.General.UnknownError") },
      { status: 502, body: `<html>${message}</html>` },
      { status: 418, body: message },
      { status: 200, body: message },
    ];
    const overHttp = { ...world.env, NEO4J_URI: world.env["AURA_WAKE_QUERY_API_URL"] ?? "" };
    await withConsole(world.emitted, async () => {
      await withServer(world, { surroundings: around(world, overHttp) }, async (driver) => {
        for (const fault of faults) {
          const handle = world.aura.fault("POST /db/neo4j/query/v2", fault, 1_000);
          await driver.only("read_cypher", "get_graph_schema", "diagnose", "resume_instance");
          handle.cancel();
        }
        assert.ok(driver.failures.length > faults.length, driver.failures.join("\n"));
      });
    });
    assertClean(world, "message");
  });

  test("when it stands in the settings where no secret belongs", LONG, async () => {
    await using world = await startWorld();
    const secret = SECRETS["database password"];
    const inAddress = encodeURIComponent(secret);
    const odd: Record<string, string>[] = [
      { NEO4J_URI: `neo4j+s://neo4j:${inAddress}@a1b2c3d4.databases.neo4j.io` },
      { NEO4J_URI: `bolt://neo4j:${inAddress}@127.0.0.1:9` },
      { NEO4J_URI: `https://neo4j:${inAddress}@127.0.0.1:9/?password=${inAddress}` },
      { NEO4J_URI: secret },
      { AURA_BASE_URL: `https://neo4j:${inAddress}@127.0.0.1:9` },
      { AURA_BASE_URL: secret },
      { AURA_AUTH_URL: `https://neo4j:${inAddress}@127.0.0.1:9/oauth/token` },
      { AURA_AUTH_URL: `http://127.0.0.1:9/oauth/token?secret=${inAddress}` },
      { AURA_WAKE_QUERY_API_URL: `https://neo4j:${inAddress}@127.0.0.1:9` },
      { AURA_CLIENT_ID: "" },
      { AURA_CLIENT_SECRET: "" },
      { AURA_CLIENT_SECRET: SECRETS["wrong client secret"] },
      { NEO4J_AURA_CLIENT_ID: "other", NEO4J_AURA_CLIENT_SECRET: SECRETS["wrong client secret"] },
      { NEO4J_PASSWORD: SECRETS["wrong database password"] },
    ];
    await withConsole(world.emitted, async () => {
      await inParallel(odd, 3, async (some) => {
        const surroundings = around(world, { ...world.env, ...some });
        const secretsFolder = join(world.folder, Object.keys(some).join());
        const options = { surroundings, secretsFolder, mode: "read" } as const;
        await withServer(world, options, async (driver) => {
          await driver.only("diagnose", "list_instances", "read_cypher", "resume_instance");
          await driver.besides();
        });
      });
    });
    assertClean(world, "message");
  });
});

/** What becomes of requests on a bad day; what the runtime says may have headers in it. */
const BROKEN: Readonly<Record<string, (request: Request) => Promise<Response>>> = {
  async "an error with all in it"(request) {
    const all = `${request.headers.get("authorization")} ${await request.text()} ${HOSTILE}`;
    throw new TypeError(`Cannot send ${all}`, { cause: new Error(all, { cause: request }) });
  },
  async "an error with a code"(request) {
    const all = `${request.headers.get("authorization")} ${await request.text()} ${HOSTILE}`;
    throw Object.assign(new Error(all), { code: "ECONNREFUSED" });
  },
  "a time-out": (request) =>
    Promise.reject(
      new DOMException(`Cannot wait for ${request.headers.get("authorization")}`, "TimeoutError"),
    ),
  async "half an answer"(request) {
    const all = `${request.headers.get("authorization")} ${await request.text()} ${HOSTILE}`;
    return new Response(
      new ReadableStream({
        start(controller) {
          controller.enqueue(new TextEncoder().encode(`{"data": {"id": ${JSON.stringify(all)}`));
          controller.error(new Error(all));
        },
      }),
    );
  },
  async "a success that is none"(request) {
    const all = `${request.headers.get("authorization")} ${await request.text()} ${HOSTILE}`;
    return Response.json({ errors: [{ message: all, reason: all }], access_token: 7 });
  },
  async "a success of a proxy"(request) {
    const all = `${request.headers.get("authorization")} ${await request.text()} ${HOSTILE}`;
    return new Response(all);
  },
};

describe("where there is no place for a secret, nothing is sent", () => {
  const leaky = (wanted: unknown): Error =>
    new Error(`No place for ${JSON.stringify(wanted)} ${HOSTILE}`);
  const sinks: Readonly<Record<string, (world: World) => Promise<AuraMcpOptions>>> = {
    "a folder that cannot be": async ({ folder }) => {
      await writeFile(join(folder, "file"), "");
      return { secretsFolder: join(folder, "file", "inside") };
    },
    "a sink that refuses": () =>
      Promise.resolve({ secrets: { open: (wanted) => Promise.reject(leaky(wanted)) } }),
    "a sink that throws": () =>
      Promise.resolve({
        secrets: {
          open(wanted) {
            throw leaky(wanted);
          },
        },
      }),
  };
  for (const [title, options] of Object.entries(sinks)) {
    test(title, LONG, async () => {
      await using world = await startWorld();
      await withServer(world, {}, (driver) => driver.only("deploy_graphql_api"));
      world.cloud.changes.length = 0;
      world.aura.clearRequests();
      await withConsole(world.emitted, async () => {
        await withServer(world, await options(world), async (driver) => {
          await driver.only("create_instance", "add_graphql_auth_provider");
          await driver.call("deploy_graphql_api", {
            instance: ID.orders,
            name: "another",
            type_definitions: "type Movie @node { title: String }",
          });
          assert.equal(driver.failures.length, 3, driver.failures.join("\n"));
        });
      });
      assert.deepEqual(world.cloud.changes, []);
      const isChange = /^(?!GET )\S+ (?!\/oauth\/token$)/;
      assert.deepEqual(world.aura.requests(isChange), []);
      assertClean(world, "message");
    });
  }

  test("one that fails afterwards says so, and nothing of the secret", LONG, async () => {
    await using world = await startWorld();
    const secrets: SecretSink = {
      open: ({ name }) =>
        Promise.resolve({
          path: `vault:${name}`,
          write: (text) => Promise.reject(new Error(`Cannot keep ${text}`)),
          discard: () => Promise.reject(new Error("no")),
        }),
      rescue: ({ text, secret }) => Promise.reject(new Error(`${text} ${secret.reveal()}`)),
    };
    await withConsole(world.emitted, async () => {
      await withServer(world, { secrets }, async (driver) => {
        await driver.only(...MAKERS);
        await driver.only("add_graphql_auth_provider");
        assert.ok(driver.failures.length >= 3, driver.failures.join("\n"));
      });
    });
    assert.equal(world.canaries.count("password that was given out"), 1);
    assert.ok(world.canaries.count("key that was given out") > 0);
    assertClean(world, "message");
  });
});

/** What confirmations are sealed with: each key of 32 bytes that this process makes up. */
function learnKeys({ canaries }: World): Disposable {
  const { getRandomValues } = crypto;
  const value = <Bytes extends ArrayBufferView<ArrayBuffer>>(bytes: Bytes): Bytes => {
    const random = getRandomValues.call(crypto, bytes as never) as unknown as Bytes;
    if (random.byteLength === 32) {
      const key = new Uint8Array(random.buffer.slice(0));
      canaries.learn("key of confirmations", String.fromCharCode(...key));
      canaries.learn("key of confirmations", key.toString());
      canaries.learn(
        "key of confirmations",
        [...key].map((byte) => byte.toString(16).padStart(2, "0")).join(""),
      );
    }
    return random;
  };
  Object.defineProperty(crypto, "getRandomValues", { value, configurable: true });
  return {
    [Symbol.dispose]() {
      Object.defineProperty(crypto, "getRandomValues", {
        value: getRandomValues,
        configurable: true,
      });
    },
  };
}

/** In processes time is real, and Aura lets them ask only so often: one trouble of each kind. */
const SOME_TROUBLES = TROUBLES.filter(({ where, status }) =>
  ({ "sign-in": 401, everything: 404, changes: 400 })[where] === status
);
const CHANGING = TOOLS.filter(({ access }) => access !== "read").map(({ name }) => name);

/** The parts of the story; Aura lets one process ask no more in a minute. */
const PARTS: readonly ((driver: Driver) => Promise<void>)[] = [
  (driver) => driver.beginning(),
  (driver) => driver.middle(),
  (driver) => driver.ending(),
];

/** All that was told succeeded, and whatever is secret is in files. */
async function assertTold(world: World, drivers: readonly Driver[]): Promise<void> {
  assert.deepEqual(drivers.flatMap(({ failures }) => failures), []);
  const succeeded = drivers.flatMap((driver) => [...driver.succeeded]);
  assert.deepEqual([...new Set(succeeded)].toSorted(), NAMES);
  const files = drivers.flatMap(({ files }) => files);
  await assertFiles(world, files);
}

async function assertNotInJournal({ canaries, journal }: World): Promise<void> {
  const written = new Emitted();
  written.add("journal", (await readFile(journal)).toString("latin1"));
  assert.ok(written.all.includes(MODEL));
  assert.deepEqual(written.leaks(canaries), []);
}

/** What no client sends. */
const NO_MESSAGES = [
  "{",
  `"${SECRETS["wrong bearer token"]}`,
  SECRETS["wrong bearer token"],
  HOSTILE.replace("\n", " "),
  JSON.stringify({ jsonrpc: "2.0", id: HOSTILE.slice(0, 4), method: 7 }),
  JSON.stringify({ jsonrpc: "1.0", id: 7, method: SECRETS["wrong bearer token"] }),
];

describe("no secret comes out of a process", () => {
  test("over its streams, nor in the file of its jobs", LONG, async () => {
    await using world = await startWorld();
    const over = async (
      env: Readonly<Record<string, string>>,
      work: (driver: Driver) => Promise<void>,
    ): Promise<Driver> => {
      await using served = aProcess({ ...world, env: { ...world.env, ...env } }, []);
      const driver = await overStdio(served, world.emitted);
      await work(driver);
      for (const line of NO_MESSAGES) served.send(line);
      await driver.client.ping();
      served.child.stdin.end();
      assert.equal(await served.ended, 0);
      return driver;
    };
    const told: Driver[] = [];
    for (const part of PARTS) told.push(await over({}, part));
    await assertTold(world, told);
    await assertNotInJournal(world);
    await over({}, (driver) => driver.nonsense());
    await inParallel(SOME_TROUBLES, 3, async (trouble) => {
      const { clientId, clientSecret } = unlucky(trouble);
      const env = { AURA_CLIENT_ID: clientId, AURA_CLIENT_SECRET: clientSecret };
      const tools = trouble.where === "changes" ? CHANGING : NAMES;
      const { failures } = await over(env, (driver) => driver.eachOnce(...tools));
      assert.ok(failures.length > 10, clientId);
    });
    assertClean(world, "stdout", "stderr");
  });

  for (const kind of ["with sessions", "without sessions"] as const) {
    test(`over HTTP ${kind}`, LONG, async () => {
      await using world = await startWorld();
      await using issuer = await startIssuer(world.canaries);
      const flags = [`--issuer=${issuer.url}`, "--audience=aura"];
      if (kind === "without sessions") flags.push("--stateless", "--confirm=token");
      const good = bearer(SECRETS["bearer token"]);
      const told: Driver[] = [];
      for (const part of PARTS) {
        await using served = await anHttpProcess(world, flags);
        const driver = await overHttp(served.url, world.emitted, good);
        await part(driver);
        await driver.close();
        told.push(driver);
        assert.equal(await served.stop(), 0);
      }
      await assertTold(world, told);
      await assertNotInJournal(world);

      await using served = await anHttpProcess(world, flags);
      const troubles = kind === "with sessions" ? SOME_TROUBLES : [];
      await inParallel(troubles, 3, async (trouble) => {
        const { clientId, clientSecret } = unlucky(trouble);
        const driver = await overHttp(served.url, world.emitted, {
          ...good,
          "x-aura-client-id": clientId,
          "x-aura-client-secret": clientSecret,
        });
        await driver.eachOnce(...trouble.where === "changes" ? CHANGING : NAMES);
        assert.ok(driver.failures.length > 10, clientId);
        await driver.close();
      });
      await knockOnEveryDoor(served.url, world, issuer);
      assert.equal(await served.stop(), 0);
      assertClean(world, "HTTP POST 200", "HTTP POST 401", "HTTP GET 200", "stderr");
    });
  }

  test("that cannot start", LONG, async () => {
    await using world = await startWorld();
    const token = SECRETS["bearer token"];
    const cases: [string[], Record<string, string>][] = [
      [[`--token=${token}`], {}],
      [["--token", token], {}],
      [[], { AURA_WAKE_MCP_TOKENS: token }],
      [[], { AURA_WAKE_DB_X_PASSWORDS: token }],
    ];
    for (const [flags, env] of cases) {
      await using served = aProcess({ ...world, env: { ...world.env, ...env } }, flags);
      served.child.stdin.end();
      assert.equal(await served.ended, 2, flags.join(" "));
    }
    const ofHttp: [string[], Record<string, string>][] = [
      [["--host=0.0.0.0"], { AURA_WAKE_MCP_TOKEN: "" }],
      [[], { AURA_WAKE_MCP_TOKEN: `${token} and more` }],
      [[], { NEO4J_MCP_SERVER_PORT: token }],
      [[], { NEO4J_MCP_SERVER_ALLOWED_HOSTS: token, NEO4J_MCP_SERVER_PATH: token }],
      [[`--issuer=https://issuer:${encodeURIComponent(token)}@127.0.0.1:9`], {}],
    ];
    for (const [flags, env] of ofHttp) {
      const strange = { ...world, env: { ...world.env, ...env } };
      const start = async (): Promise<void> => {
        await using served = await anHttpProcess(strange, flags);
        await served.stop();
      };
      await assert.rejects(start, /Cannot start|Cannot serve|Cannot listen/, flags.join(" "));
    }
    assertClean(world, "stderr");
  });
});

function bearer(token: string): { readonly authorization: string } {
  return { authorization: `Bearer ${token}` };
}

/** Good and bad requests at every address, with every kind of token and key. */
async function knockOnEveryDoor(url: string, world: World, issuer: Issuer): Promise<void> {
  const keep = recordingFetch(world.emitted);
  const good = bearer(SECRETS["bearer token"]);
  const key = {
    "x-aura-client-id": CLIENT_ID,
    "x-aura-client-secret": SECRETS["client secret"],
  };
  const wrongKey = { ...key, "x-aura-client-secret": SECRETS["wrong client secret"] };
  const some: Record<string, string>[] = [
    {},
    good,
    bearer(SECRETS["wrong bearer token"]),
    { authorization: `Basic ${btoa(`neo4j:${SECRETS["wrong bearer token"]}`)}` },
    bearer(await issuer.sign({ aud: "aura", scope: "aura:read" })),
    bearer(await issuer.sign({ aud: "aura", scope: "nothing" })),
    bearer(await issuer.sign({ aud: "another", scope: "aura:read" })),
    bearer(await issuer.sign({ aud: "aura", scope: "aura:read" }, "-5m")),
    bearer((await issuer.sign({ aud: "aura" })).slice(0, -5)),
    { ...good, ...key },
    { ...good, ...wrongKey },
    { ...good, "x-aura-client-secret": SECRETS["client secret"] },
    { ...good, "mcp-session-id": SECRETS["wrong bearer token"] },
    { ...good, "last-event-id": SECRETS["wrong bearer token"] },
    { ...good, origin: "https://evil.example" },
  ];
  const initialize = {
    jsonrpc: "2.0",
    id: 1,
    method: "initialize",
    params: {
      protocolVersion: "2025-11-25",
      capabilities: {},
      clientInfo: { name: HOSTILE, version: HOSTILE },
    },
  };
  const list = {
    jsonrpc: "2.0",
    id: 2,
    method: "tools/call",
    params: { name: "list_instances", arguments: {} },
  };
  const bodies = [
    ...NO_MESSAGES,
    JSON.stringify(initialize),
    JSON.stringify(list),
    "x".repeat(2e6),
  ];
  const type = {
    "content-type": "application/json",
    accept: "application/json, text/event-stream",
  };
  const secret = encodeURIComponent(SECRETS["bearer token"]);
  const read = async (response: Promise<Response>): Promise<void> => {
    await (await response).text();
  };
  for (const headers of some) {
    for (const body of bodies) {
      await read(keep(url, { method: "POST", headers: { ...type, ...headers }, body }));
    }
    for (
      const query of [`token=${secret}`, `mode=${secret}`, `${secret}=1`]
    ) {
      const init = { method: "POST", headers: { ...type, ...headers } };
      await read(keep(`${url}?${query}`, { ...init, body: JSON.stringify(initialize) }));
    }
    for (const method of ["DELETE", "PUT", "OPTIONS"]) await read(keep(url, { method, headers }));
    const metadata = "/.well-known/oauth-protected-resource";
    for (const path of ["/metrics", "/healthz", metadata, `${metadata}/mcp`, `/${secret}`]) {
      await read(keep(new URL(path, url), { headers }));
    }
  }
}

/** What one caller has that no other one may see, by its letter. */
const OWN = {
  a: { id: "aaaa0001", secret: SECRETS["client secret of caller A"] },
  b: { id: "bbbb0002", secret: SECRETS["client secret of caller B"] },
} as const;
type Letter = keyof typeof OWN;

/** The account of a caller: everything in it is called `only-<letter>`. */
async function startAccount(letter: Letter): Promise<Emulator> {
  const { id, secret } = OWN[letter];
  const tenant = { id: `${id}-2222-4333-8444-555555555555`, name: `only-${letter} project` };
  const aura = await startEmulator({
    requestsPerMinute: false,
    clock: { scale: 50 },
    clients: [{ clientId: `caller-${letter}`, clientSecret: secret }],
    tenants: [tenant],
    instances: [{ id, name: `only-${letter}`, type: "professional-db", tenantId: tenant.id }],
  });
  aura.scriptImport({ outcome: "Success", message: `only-${letter} message` });
  return aura;
}

interface Caller extends Driver {
  readonly letter: Letter;
  readonly emitted: Emitted;
  readonly session: string | undefined;
}

/** Has something of its own made in its account. Gives the addresses of it all. */
async function fill({ client, letter }: Caller): Promise<{ uris: string[]; job: string }> {
  const instance = OWN[letter].id;
  const call = async (name: string, args: Record<string, unknown>): Promise<Row> => {
    const { isError, structuredContent, content } = await client.callTool({
      name,
      arguments: { instance, ...args },
    });
    assert.ok(!isError, JSON.stringify(content));
    return structuredContent as Row;
  };
  const { job_id: job } = await call("start_import_job", { model_id: MODEL });
  const { id: api } = await call("deploy_graphql_api", {
    name: `only-${letter}-api`,
    type_definitions: `type Only @node { title: String } # only-${letter} types`,
    // A key would need a place, and callers have none on the server's machine.
    auth: "jwks",
    jwks_url: "https://issuer.example/keys",
  });
  const { resources } = await client.listResources();
  const uris = [
    ...resources.map(({ uri }) => uri).filter((uri) => !uri.includes("config")),
    `aura://graphql/${instance}/${String(api)}/schema`,
  ];
  for (const uri of uris) await client.readResource({ uri });
  return { uris, job: String(job) };
}

/** Tries to learn of what is another's, by all that tells where it is. */
async function pry(
  { client, call }: Caller,
  other: { readonly letter: Letter; readonly uris: readonly string[]; readonly job: string },
): Promise<void> {
  const { id } = OWN[other.letter];
  for (const tool of NAMES) {
    await call(tool, { instance: id });
    await call(tool, { instance: id, api: "x", job_id: other.job });
  }
  for (const tool of ["get_import_job", "wait_for_import_job", "cancel_import_job"]) {
    await call(tool, { job_id: other.job });
    await call(tool, { job_id: other.job, project: `${id}-2222-4333-8444-555555555555` });
  }
  await call("list_known_import_jobs", {});
  await call("list_known_import_jobs", { instance: id });
  await call("list_instances", { detail: "full" });
  await call("list_projects", { detail: "full" });
  for (const credential of ["demo", "orders"]) await call("diagnose", { credential });
  for (const uri of [...other.uris, "aura://config"]) {
    await client.readResource({ uri }).catch(() => {});
    await client.subscribeResource({ uri }).catch(() => {});
  }
  for (const uri of ["aura://instances/{id}", "aura://import-jobs/{id}", "aura://projects/{id}"]) {
    const { completion } = await client.complete({
      ref: { type: "ref/resource", uri },
      argument: { name: "id", value: "" },
    });
    assert.ok(!completion.values.includes(id) && !completion.values.includes(other.job), uri);
  }
}

describe("a caller over HTTP sees nothing of another one", () => {
  for (const stateless of [false, true]) {
    test(stateless ? "without sessions" : "with sessions", LONG, async () => {
      await using world = await startWorld();
      const accounts = { a: await startAccount("a"), b: await startAccount("b") };
      await using cloud = await startCloud(
        world.canaries,
        new Map([
          [CLIENT_ID, world.aura],
          ["caller-a", accounts.a],
          ["caller-b", accounts.b],
        ]),
      );
      const env = {
        ...world.env,
        AURA_BASE_URL: cloud.url,
        AURA_AUTH_URL: `${cloud.url}/oauth/token`,
      };
      const server = createAuraMcpServer({
        surroundings: around(world, env),
        secretsFolder: world.folder,
        state: { store: memoryStore(), journal: memoryJournal() },
        mode: "destructive",
        clock: world.aura.clock,
      });
      const service = await serveHttp({
        port: 0,
        token: SECRETS["bearer token"],
        stateless,
        serve: (caller, transport) => server.connect(transport, caller),
      });
      const good = bearer(SECRETS["bearer token"]);
      const own = await overHttp(service.url, new Emitted(), good);
      const { structuredContent } = await own.client.callTool({
        name: "start_import_job",
        arguments: { instance: ID.orders, model_id: MODEL },
      });
      assert.ok(Object(structuredContent)["job_id"]);

      const enter = async (letter: Letter): Promise<Caller> => {
        const emitted = new Emitted();
        const driver = await overHttp(service.url, emitted, { ...good, ...keyOf(letter) });
        return { ...driver, letter, emitted, session: driver.client.transport?.sessionId };
      };
      const [a, b] = [await enter("a"), await enter("b")];
      const [ofA, ofB] = [await fill(a), await fill(b)];
      await pry(a, { letter: "b", ...ofB });
      await pry(b, { letter: "a", ...ofA });
      if (!stateless) await stealSession(service.url, a, b);
      // Whoever did not see it may not hear of it either.
      await a.call("update_instance", { instance: OWN.a.id, name: "only-a renamed" });
      await b.client.ping();

      for (const { letter, emitted } of [a, b]) {
        const other = letter === "a" ? "b" : "a";
        assert.ok(emitted.all.includes(`only-${letter}`));
        assert.ok(
          !emitted.all.includes(`only-${other}`),
          `${letter} has seen something of ${other}`,
        );
        assert.ok(
          !emitted.all.includes("SYSTEM:"),
          `${letter} has seen something of the server's own`,
        );
        assert.ok(!emitted.all.includes("resources/updated") || letter === "a");
        assert.ok(!emitted.all.includes(world.home));
        assert.deepEqual(emitted.problems(world.canaries), []);
      }
      assert.deepEqual(await filesIn(world.folder), []);
      for (const { close } of [a, b, own]) await close();
      await service.close();
      await server.close();
      await Promise.all([accounts.a.close(), accounts.b.close()]);
    });
  }
});

function keyOf(letter: Letter): Record<string, string> {
  return { "x-aura-client-id": `caller-${letter}`, "x-aura-client-secret": OWN[letter].secret };
}

/** The id of a session is no proof of anything. */
async function stealSession(url: string, { session }: Caller, { emitted }: Caller): Promise<void> {
  assert.ok(session);
  const keep = recordingFetch(emitted);
  const type = {
    "content-type": "application/json",
    accept: "application/json, text/event-stream",
  };
  const headers = {
    ...type,
    ...bearer(SECRETS["bearer token"]),
    ...keyOf("b"),
    "mcp-session-id": session,
  };
  const list = {
    jsonrpc: "2.0",
    id: 1,
    method: "tools/call",
    params: { name: "list_instances", arguments: {} },
  };
  for (
    const init of [{ method: "POST", body: JSON.stringify(list) }, { method: "GET" }, {
      method: "DELETE",
    }]
  ) {
    const answer = await keep(url, { ...init, headers });
    await answer.text();
    assert.equal(answer.status, 404, init.method);
  }
}
