import assert from "node:assert/strict";
import { createServer, type Server } from "node:net";
import { after, before, describe, test } from "node:test";
import { createServer as createTlsServer } from "node:tls";
import { type Emulator, startEmulator } from "../../../src/emulator/mod.ts";
import { checkUri } from "../../../src/operate/doctor/uri-check.ts";
import { SELF_SIGNED } from "../../cli/self-signed.ts";
import { checkOf, examine, marks } from "./patient.ts";

/** Both ways to a database: the same cause shows on each. */
const TRANSPORTS = ["bolt", "http"] as const;

function uriOf(env: Record<string, string>, transport: (typeof TRANSPORTS)[number]): string {
  return env[transport === "bolt" ? "NEO4J_URI" : "AURA_WAKE_QUERY_API_URL"] ?? "";
}

/** What only the API may say of an instance. */
const API_WORDS = /paused|pausing|asleep|gone|deleted/i;

function told(diagnosis: unknown): string {
  return JSON.stringify(diagnosis);
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as { port: number }).port;
}

describe("diagnose()", () => {
  let aura: Emulator;
  before(async () => {
    aura = await startEmulator({
      requestsPerMinute: false,
      instances: [
        { id: "a1b2c3d4", name: "orders", type: "professional-db" },
        { id: "b2c3d4e5", name: "stock", status: "paused", password: "another-password" },
        { id: "c3d4e5f6", name: "moved", host: "e5f60718.databases.neo4j.io" },
        { id: "d4e5f607", name: "silent", status: "paused", pauseMode: "silent" },
        { id: "e5f60718", name: "vanished", status: "paused", pauseMode: "unresolvable" },
        { id: "f6071829", name: "broken", status: "paused", pauseMode: "unavailable" },
      ],
    });
  });
  after(() => aura.close());

  for (const transport of TRANSPORTS) {
    const protocol = transport === "bolt" ? "bolt" : "query-api";

    describe(`over ${transport}`, () => {
      function patient(id = "a1b2c3d4"): { env: Record<string, string>; uri: string } {
        const env = aura.env(id);
        return { env, uri: uriOf(env, transport) };
      }

      test("diagnose() finds nothing wrong where nothing is", async () => {
        const { env, uri } = patient();
        const diagnosis = await examine(env, { database: { uri } });
        assert.deepEqual(marks(diagnosis), {
          credentials: true,
          token: true,
          instance: true,
          status: true,
          uri: true,
          dns: true,
          tcp: true,
          tls: null,
          [protocol]: true,
          login: true,
          query: true,
          "import-api": true,
          "graphql-api": true,
          "aura-cli": null,
        });
        assert.equal(diagnosis.ok, true);
        assert.match(
          diagnosis.verdict,
          /^You can connect: a query answered in \d+ ms: Neo4j Kernel 5\.27-aura enterprise$/,
        );
        assert.equal(
          checkOf(diagnosis, "instance")?.detail,
          "orders (a1b2c3d4), professional-db, gcp europe-west1",
        );
      });

      test("diagnose() says paused where the API does, and wakes nothing", async () => {
        const { env, uri } = patient("b2c3d4e5");
        aura.clearRequests();
        const diagnosis = await examine(env, { database: { uri } });
        assert.deepEqual(checkOf(diagnosis, "status"), {
          name: "status",
          ok: false,
          took_ms: checkOf(diagnosis, "status")?.took_ms,
          detail: "the Aura API says paused",
          remedy: "aura-wake wake b2c3d4e5",
        });
        assert.equal(checkOf(diagnosis, "dns")?.ok, true);
        assert.equal(checkOf(diagnosis, "tcp")?.ok, false);
        assert.equal(checkOf(diagnosis, "tcp")?.remedy, "aura-wake wake b2c3d4e5");
        assert.equal(checkOf(diagnosis, protocol)?.detail, "tcp failed");
        assert.equal(checkOf(diagnosis, "login")?.ok, null);
        assert.equal(checkOf(diagnosis, "query")?.detail, "login was not checked");
        assert.equal(
          diagnosis.verdict,
          "You cannot connect, because stock (b2c3d4e5) is paused, as the Aura API says; " +
            "next: aura-wake wake b2c3d4e5",
        );
        assert.equal(diagnosis.ok, false);
        assert.equal(aura.status("b2c3d4e5"), "paused");
        assert.deepEqual(aura.requests(/resume/), []);
      });

      test("diagnose() never says paused without the API", async () => {
        const { env, uri } = patient("e5f60718");
        const diagnosis = await examine(env, { database: { uri }, noApi: true });
        assert.equal(checkOf(diagnosis, "credentials")?.ok, false);
        assert.equal(checkOf(diagnosis, "token")?.detail, "credentials failed");
        assert.equal(checkOf(diagnosis, "dns")?.detail, "e5f60718.invalid does not resolve");
        assert.equal(checkOf(diagnosis, "dns")?.ok, false);
        assert.equal(checkOf(diagnosis, "tcp")?.ok, null);
        assert.doesNotMatch(told(diagnosis), API_WORDS);
        assert.match(
          diagnosis.verdict,
          /^You cannot connect: its name: e5f60718\.invalid does not/,
        );
      });

      test("diagnose() explains a name that is gone by what the API says", async () => {
        const { env, uri } = patient("e5f60718");
        const diagnosis = await examine(env, { database: { uri } });
        assert.equal(checkOf(diagnosis, "dns")?.ok, false);
        assert.equal(checkOf(diagnosis, "dns")?.remedy, "aura-wake wake e5f60718");
        assert.match(diagnosis.verdict, /vanished \(e5f60718\) is paused, as the Aura API says/);
      });

      test("diagnose() signs in without any credentials of the API", async () => {
        const { env, uri } = patient();
        const diagnosis = await examine(env, { database: { uri }, noApi: true });
        assert.equal(checkOf(diagnosis, "query")?.ok, true);
        assert.equal(checkOf(diagnosis, "import-api")?.detail, "token was not checked");
        assert.equal(checkOf(diagnosis, "graphql-api")?.ok, null);
        assert.equal(
          diagnosis.verdict,
          "You can connect, but credentials of the Aura API: there are none",
        );
        assert.equal(diagnosis.ok, false);
      });

      test("diagnose() finds a port that refuses", async () => {
        const { env, uri } = patient();
        const server = createServer();
        const port = await listen(server);
        await new Promise((resolve) => server.close(resolve));
        const diagnosis = await examine(env, {
          database: { uri: uri.replace(/\d+$/, `${port}`) },
        });
        const tcp = checkOf(diagnosis, "tcp");
        assert.equal(tcp?.detail, `127.0.0.1:${port} refuses connections`);
        assert.equal(tcp?.remedy, "check the port in NEO4J_URI, and that the database runs");
        assert.match(
          diagnosis.verdict,
          /^You cannot connect: the network: 127\.0\.0\.1:\d+ refuses/,
        );
      });

      test("diagnose() finds a host that says nothing, in time", async () => {
        const { env, uri } = patient("d4e5f607");
        const startedAt = Date.now();
        const diagnosis = await examine(env, { database: { uri }, timeoutMs: 300 });
        assert.equal(checkOf(diagnosis, "tcp")?.ok, true);
        const silent = checkOf(diagnosis, protocol);
        assert.equal(silent?.ok, false);
        assert.equal(silent?.detail, "no answer within 300 ms");
        assert.equal(checkOf(diagnosis, "login")?.detail, `${protocol} failed`);
        assert.ok(Date.now() - startedAt < 3_000);
      });

      test("diagnose() finds a database that is not available yet", async () => {
        const { env, uri } = patient("f6071829");
        const diagnosis = await examine(env, { database: { uri } });
        const at = checkOf(diagnosis, "login");
        assert.equal(at?.ok, false);
        assert.match(at?.detail ?? "", /DatabaseUnavailable/);
        assert.equal(at?.remedy, "aura-wake wake f6071829");
      });

      test("diagnose() finds a wrong password, and shows none", async () => {
        const { env, uri } = patient();
        const password = "not-this-password";
        const diagnosis = await examine(env, { database: { uri, password } });
        const login = checkOf(diagnosis, "login");
        assert.equal(login?.ok, false);
        assert.equal(
          login?.detail,
          "the database does not accept user name and password (Neo.ClientError.Security.Unauthorized)",
        );
        assert.match(login?.remedy ?? "", /^check NEO4J_USERNAME and NEO4J_PASSWORD/);
        assert.equal(checkOf(diagnosis, "query")?.detail, "login failed");
        assert.match(
          diagnosis.verdict,
          /^You cannot connect: the login: the database does not accept/,
        );
        assert.ok(!told(diagnosis).includes(password));
      });

      test("diagnose() tells a missing password from a wrong one", async () => {
        const { env, uri } = patient();
        const diagnosis = await examine(env, { database: { uri, password: undefined } });
        assert.equal(checkOf(diagnosis, "login")?.ok, null);
        assert.match(diagnosis.verdict, /^Cannot tell whether you can connect: .*no password/);
        assert.equal(diagnosis.ok, true);
      });

      test("diagnose() finds a database that does not exist", async () => {
        const { env, uri } = patient();
        const diagnosis = await examine(env, { database: { uri, database: "nowhere" } });
        assert.equal(checkOf(diagnosis, "login")?.ok, true);
        const query = checkOf(diagnosis, "query");
        assert.match(query?.detail ?? "", /Neo\.ClientError\.Database\.DatabaseNotFound/);
        assert.match(query?.remedy ?? "", /NEO4J_DATABASE/);
      });

      test("diagnose() finds an address that leads elsewhere", async () => {
        const { env } = patient("c3d4e5f6");
        const uri = transport === "bolt"
          ? "neo4j+s://c3d4e5f6.databases.invalid"
          : "https://c3d4e5f6.databases.invalid";
        const diagnosis = await examine(env, { database: { uri } });
        const port = transport === "bolt" ? 7687 : 443;
        const found = checkOf(diagnosis, "uri");
        assert.equal(found?.ok, false);
        assert.equal(
          found?.detail,
          `c3d4e5f6.databases.invalid:${port} is another host than the instance's, ` +
            "e5f60718.databases.neo4j.io:7687",
        );
        assert.match(
          found?.remedy ?? "",
          /set NEO4J_URI=neo4j\+s:\/\/e5f60718\.databases\.neo4j\.io/,
        );
        // What is after it is looked at all the same.
        assert.equal(checkOf(diagnosis, "dns")?.ok, false);
        assert.match(diagnosis.verdict, /^You cannot connect: the address: /);
      });

      test("diagnose() finds a server of another kind", async () => {
        const { env } = patient();
        const other = uriOf(env, transport === "bolt" ? "http" : "bolt");
        const uri = transport === "bolt"
          ? other.replace("http:", "neo4j:")
          : other.replace("neo4j:", "http:");
        const diagnosis = await examine(env, { database: { uri } });
        const found = checkOf(diagnosis, protocol);
        assert.equal(found?.ok, false, told(found));
        assert.equal(checkOf(diagnosis, "login")?.ok, null);
      });

      test("diagnose() finds a port without TLS", async () => {
        const { env, uri } = patient();
        const secure = uri.replace("neo4j:", "neo4j+s:").replace("http:", "https:");
        const diagnosis = await examine(env, { database: { uri: secure } });
        const tls = checkOf(diagnosis, "tls");
        assert.equal(tls?.ok, false);
        assert.equal(
          tls?.detail,
          transport === "bolt"
            ? "the connection was closed in the TLS handshake"
            : "it does not speak TLS there (ERR_SSL_WRONG_VERSION_NUMBER)",
        );
        assert.equal(checkOf(diagnosis, protocol)?.detail, "tls failed");
        assert.match(
          diagnosis.verdict,
          /^You cannot connect: encryption: (?:it does not speak TLS|the connection was closed)/,
        );
      });

      test("diagnose() names trouble with a certificate", async () => {
        const { env } = patient();
        const server = createTlsServer(SELF_SIGNED, (socket) => {
          socket.on("error", () => {}).on("data", () => socket.write(Uint8Array.of(0, 0, 4, 5)));
        });
        server.on("tlsClientError", () => {});
        const port = await listen(server);
        try {
          const scheme = transport === "bolt" ? "bolt+s" : "https";
          const strict = await examine(env, {
            database: { uri: `${scheme}://localhost:${port}`, password: undefined },
          });
          assert.equal(
            checkOf(strict, "tls")?.detail,
            "its certificate is signed by nobody that this machine trusts (DEPTH_ZERO_SELF_SIGNED_CERT)",
          );
          assert.match(checkOf(strict, "tls")?.remedy ?? "", /NODE_EXTRA_CA_CERTS.*neo4j\+ssc/);
          if (transport === "http") return;
          const lenient = await examine(env, {
            database: { uri: `bolt+ssc://localhost:${port}`, password: undefined },
          });
          assert.equal(checkOf(lenient, "tls")?.ok, true);
          assert.equal(checkOf(lenient, "bolt")?.detail, "the server speaks Bolt 5.4");
        } finally {
          server.close();
        }
      });
    });
  }

  test("diagnose() finds a wrong secret, and goes on with the database", async () => {
    const env = aura.env();
    const clientSecret = "a-wrong-secret-indeed";
    const credentials = { clientId: env["AURA_CLIENT_ID"] ?? "", clientSecret };
    const diagnosis = await examine(env, { credentials });
    assert.equal(checkOf(diagnosis, "credentials")?.ok, true);
    const token = checkOf(diagnosis, "token");
    assert.equal(token?.ok, false);
    assert.match(token?.detail ?? "", /^cannot sign in to Aura: .*401/);
    assert.match(token?.remedy ?? "", /^check the client id and secret/);
    assert.equal(checkOf(diagnosis, "instance")?.detail, "token failed");
    assert.equal(checkOf(diagnosis, "query")?.ok, true);
    assert.match(diagnosis.verdict, /^You can connect, but the Aura API: cannot sign in to Aura/);
    assert.ok(!told(diagnosis).includes(clientSecret));
  });

  test("diagnose() finds a token that was revoked", async () => {
    const env = aura.env();
    const basic = btoa(`${env["AURA_CLIENT_ID"]}:${env["AURA_CLIENT_SECRET"]}`);
    const response = await fetch(env["AURA_AUTH_URL"] ?? "", {
      method: "POST",
      headers: { authorization: `Basic ${basic}` },
      body: new URLSearchParams({ grant_type: "client_credentials" }),
    });
    const { access_token: token } = await response.json() as { access_token: string };
    assert.equal(checkOf(await examine(env, { credentials: { token } }), "token")?.ok, true);
    aura.revokeTokens();
    const diagnosis = await examine(env, { credentials: { token } });
    assert.equal(checkOf(diagnosis, "token")?.ok, false);
    assert.match(checkOf(diagnosis, "token")?.detail ?? "", /^cannot use the token: .*\(401/);
    assert.ok(!told(diagnosis).includes(token));
  });

  test("diagnose() finds an instance that the API does not know", async () => {
    const diagnosis = await examine(aura.env(), { instance: "0badcafe" });
    const found = checkOf(diagnosis, "instance");
    assert.equal(found?.ok, false);
    assert.equal(
      found?.detail,
      'cannot find instance "0badcafe": the API key sees none with this id or name',
    );
    assert.equal(checkOf(diagnosis, "status")?.detail, "instance failed");
    assert.doesNotMatch(told(diagnosis), API_WORDS);
  });

  test("diagnose() takes a name, and suggests the nearest", async () => {
    assert.equal(checkOf(await examine(aura.env(), { instance: "orders" }), "instance")?.ok, true);
    const found = checkOf(await examine(aura.env(), { instance: "order" }), "instance");
    assert.equal(found?.remedy, 'did you mean "orders"?');
  });

  test("diagnose() puts an error of the API down to Aura", async () => {
    const fault = aura.fault("GET /v1/*", { status: 500, body: { error: "boom" } }, Infinity);
    try {
      const diagnosis = await examine(aura.env());
      const token = checkOf(diagnosis, "token");
      assert.match(token?.detail ?? "", /boom \(500/);
      assert.equal(token?.remedy, "that is Aura's own trouble: see https://status.neo4j.io");
      assert.equal(checkOf(diagnosis, "query")?.ok, true);
    } finally {
      fault.cancel();
    }
  });

  test("diagnose() finds that there is no way to the API", async () => {
    const server = createServer();
    const port = await listen(server);
    await new Promise((resolve) => server.close(resolve));
    const diagnosis = await examine(aura.env(), { baseUrl: `http://127.0.0.1:${port}` });
    const token = checkOf(diagnosis, "token");
    assert.match(
      token?.detail ?? "",
      /^cannot sign in to Aura: the API cannot be reached, POST http/,
    );
    assert.equal(token?.remedy, "check the network, then try again");
    assert.equal(checkOf(diagnosis, "query")?.ok, true);
  });

  test("diagnose() waits for no answer longer than for one check", async () => {
    const fault = aura.fault("POST /oauth/token", { silent: true }, Infinity);
    try {
      const startedAt = Date.now();
      const diagnosis = await examine(aura.env(), { timeoutMs: 400 });
      assert.equal(checkOf(diagnosis, "token")?.detail, "no answer within 400 ms");
      assert.equal(checkOf(diagnosis, "import-api")?.detail, "token failed");
      assert.equal(checkOf(diagnosis, "query")?.ok, true);
      assert.ok(Date.now() - startedAt < 4_000);
    } finally {
      fault.cancel();
    }
  });

  test("diagnose() judges every status that keeps a database from answering", async () => {
    const remedies = {
      resuming: "aura-wake wake b2c3d4e5 waits until it answers",
      pausing: "aura-wake wake b2c3d4e5 waits for that, then resumes it",
      suspended: "waiting does not mend that: look at it in the Aura console",
      destroying: "choose another instance; aura-wake instances list shows what there is",
    };
    for (const [status, remedy] of Object.entries(remedies)) {
      await aura.setStatus("b2c3d4e5", status, { doors: "shut" });
      const found = checkOf(await examine(aura.env("b2c3d4e5")), "status");
      assert.equal(found?.detail, `the Aura API says ${status}`);
      assert.equal(found?.remedy, remedy);
    }
    await aura.setStatus("b2c3d4e5", "hibernating", { doors: "shut" });
    assert.equal(checkOf(await examine(aura.env("b2c3d4e5")), "status")?.ok, null);
    await aura.pause("b2c3d4e5");
  });

  test("diagnose() takes the API's address where none is set", async () => {
    const diagnosis = await examine(aura.env(), { database: { uri: undefined } });
    assert.match(
      checkOf(diagnosis, "uri")?.detail ?? "",
      /as the Aura API says; NEO4J_URI is not set/,
    );
    assert.equal(checkOf(diagnosis, "query")?.ok, true);
    const none = await examine(aura.env(), { database: { uri: undefined }, noApi: true });
    assert.equal(checkOf(none, "uri")?.ok, false);
    assert.equal(checkOf(none, "dns")?.detail, "there is no address");
  });

  test("diagnose() does not try one instance's password on another", async () => {
    const diagnosis = await examine(aura.env(), {
      instance: "b2c3d4e5",
      database: { belongsTo: (found) => found?.id === "a1b2c3d4" },
    });
    assert.match(checkOf(diagnosis, "uri")?.detail ?? "", /NEO4J_URI is another instance's/);
    await aura.resume("b2c3d4e5");
    const awake = await examine(aura.env(), {
      instance: "b2c3d4e5",
      database: { belongsTo: (found) => found?.id === "a1b2c3d4" },
    });
    assert.equal(checkOf(awake, "bolt")?.ok, true);
    assert.equal(
      checkOf(awake, "login")?.detail,
      "the login from NEO4J_USERNAME and NEO4J_PASSWORD is another instance's",
    );
    await aura.pause("b2c3d4e5");
  });

  test("diagnose() shows no address that cannot be read: it may be a password", async () => {
    const diagnosis = await examine(aura.env(), { database: { uri: "hunter2-is-my-password" } });
    assert.equal(checkOf(diagnosis, "uri")?.ok, false);
    assert.ok(!told(diagnosis).includes("hunter2"));
    const { NEO4J_URI = "" } = aura.env();
    const withPassword = NEO4J_URI.replace("://", "://neo4j:hunter2@");
    const inside = await examine(aura.env(), { database: { uri: withPassword } });
    assert.equal(checkOf(inside, "query")?.ok, true);
    assert.ok(!told(inside).includes("hunter2"));
  });

  test("diagnose() warns of schemes that Aura does not want", () => {
    for (
      const [uri, warning] of [
        [
          "bolt://a1b2c3d4.databases.neo4j.io",
          "use neo4j+s://a1b2c3d4.databases.neo4j.io: bolt:// knows one server only " +
          "and is not encrypted, which Aura refuses",
        ],
        [
          "neo4j://a1b2c3d4.databases.neo4j.io",
          "use neo4j+s://a1b2c3d4.databases.neo4j.io: neo4j:// is not encrypted, which Aura refuses",
        ],
        [
          "bolt+s://a1b2c3d4.databases.neo4j.io",
          "use neo4j+s://a1b2c3d4.databases.neo4j.io: bolt+s:// knows one server only",
        ],
        ["neo4j+s://a1b2c3d4.databases.neo4j.io", undefined],
        ["https://a1b2c3d4.databases.neo4j.io", undefined],
      ] as const
    ) {
      const finding = checkUri(
        { database: { uri, source: "" }, facts: {} } as unknown as Parameters<typeof checkUri>[0],
      );
      assert.equal(finding.ok, true);
      assert.equal(finding.remedy, warning);
    }
  });

  test("diagnose() ends with its signal, in the middle of a check", async () => {
    const over = new AbortController();
    const fault = aura.fault("POST /oauth/token", { silent: true }, Infinity);
    try {
      const examined = examine(aura.env(), {
        signal: over.signal,
        onCheck: (name) => {
          if (name === "token") setTimeout(() => over.abort(new Error("enough")), 20);
        },
      });
      await assert.rejects(examined, /^Error: enough$/);
    } finally {
      fault.cancel();
    }
  });
});
