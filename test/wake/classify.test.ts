import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { classify, markReached, type Reached } from "../../src/wake/classify.ts";

const HOST = "aura-xyz.invalid";
const DATA = new URL("../data/driver-errors/", import.meta.url);
const CONNECT =
  "Failed to connect to server. Please ensure that your database is listening. Caused by: ";
const DISCOVERY =
  "Could not perform discovery. No routing servers available. Known routing table: RoutingTable[routers=[], readers=[], writers=[]]";

interface Recorded {
  readonly name?: string;
  readonly code?: string;
  readonly msg?: string;
  readonly status?: number;
  readonly hostname?: string;
  readonly cause?: Recorded;
}

interface Line {
  readonly case: string;
  readonly rt: string;
  readonly uri?: string;
  readonly m?: string;
  readonly status?: number;
  readonly err?: Recorded;
}

function revive(recorded: Recorded): Error {
  const { name, code, msg, status, hostname, cause } = recorded;
  const error = new Error(msg, cause ? { cause: revive(cause) } : undefined);
  return Object.assign(error, { name, code, status, hostname });
}

function driverError(code: string, message: string, cause?: unknown): Error {
  return Object.assign(new Error(message, { cause }), { name: "Neo4jError", code });
}

function discovery(cause?: unknown): Error {
  return driverError("ServiceUnavailable", DISCOVERY, cause);
}

function lines(): Line[] {
  return readdirSync(DATA).filter((file) => file.endsWith(".jsonl")).flatMap((file) =>
    readFileSync(new URL(file, DATA), "utf8").trim().split("\n").map((line) => JSON.parse(line))
  );
}

describe("classify() over recorded errors", () => {
  const verdicts: Record<string, string[]> = JSON.parse(
    readFileSync(new URL("verdicts.json", DATA), "utf8"),
  );
  const failing = lines().filter((line) => line.err ?? line.status);
  test("there are recordings of all runtimes", () => {
    assert.ok(failing.length > 250, `${failing.length}`);
  });
  for (const kind of ["paused-candidate", "ambiguous", "not-paused"]) {
    for (const fault of verdicts[kind]!) {
      test(`classify() calls ${fault} ${kind}`, () => {
        const recorded = failing.filter((line) => line.case === fault && line.status !== 202);
        assert.ok(recorded.length > 0);
        for (const line of recorded) {
          const error = line.err ? revive(line.err) : { status: line.status };
          const verdict = classify(error, { host: HOST });
          assert.equal(verdict.kind, kind, `${line.rt} ${line.uri ?? line.m} ${verdict.reason}`);
          assert.notEqual(verdict.reason, "unknown", `${line.rt} ${line.uri ?? line.m}`);
        }
      });
    }
  }

  const reached: Record<Reached, string[]> = {
    no: [
      "nxdomain",
      "refused",
      "refusedTls",
      "hang:bolt",
      "tlsHang",
      "synBlackhole:bolt",
      "tlsUntrusted",
      "memberNx",
    ],
    maybe: [
      "closeFIN",
      "closeOnHello",
      "closeOnRun",
      "closeRST",
      "reset",
      "truncated",
      "hang:http",
      "s503json",
      "s503html",
      "dbUnavailRun",
    ],
    yes: ["syntax", "deadlock", "txTimedOut", "notALeader", "readOnly"],
  };
  for (const [expected, faults] of Object.entries(reached)) {
    for (const fault of faults) {
      test(`classify() says that ${fault} reached the database: ${expected}`, () => {
        const [name, over] = fault.split(":");
        const recorded = failing.filter((line) =>
          line.case === name && (!over || (over === "bolt") === (line.uri !== undefined))
        );
        assert.ok(recorded.length > 0);
        for (const line of recorded) {
          const error = line.err ? revive(line.err) : { status: line.status };
          assert.equal(classify(error, { host: HOST }).reached, expected, JSON.stringify(line));
        }
      });
    }
  }
});

describe("classify() over other runtimes and drivers", () => {
  const cases: readonly (readonly [string, unknown, string])[] = [
    ["Bun 1.3 TLS end", {
      code: "UNKNOWN_CERTIFICATE_VERIFICATION_ERROR",
      message: "unknown certificate verification error",
    }, "ambiguous tls-closed no"],
    ["Bun 1.3 self-signed", {
      code: "DEPTH_ZERO_SELF_SIGNED_CERT",
      message: "self signed certificate",
    }, "not-paused tls no"],
    [
      "Bun 1.3 plain port",
      driverError(
        "ServiceUnavailable",
        CONNECT + "Cannot destructure property 'subject' from null or undefined value",
      ),
      "not-paused tls no",
    ],
    [
      "Bun 1.2 plain port",
      discovery(
        driverError("SessionExpired", CONNECT + "Right side of assignment cannot be destructured"),
      ),
      "not-paused tls no",
    ],
    ["Bun 1.3 fetch, anything", {
      code: "ConnectionRefused",
      message: "Unable to connect. Is the computer able to access the url?",
    }, "ambiguous refused no"],
    [
      "Bun 1.3 name gone",
      driverError("ServiceUnavailable", CONNECT + "getaddrinfo ENOTFOUND"),
      "paused-candidate name-gone no",
    ],
    [
      "Bun 1.3 name gone, routing",
      discovery(driverError("SessionExpired", CONNECT + "getaddrinfo ENOTFOUND")),
      "paused-candidate name-gone no",
    ],
    [
      "Bun 1.3 member gone",
      driverError("SessionExpired", CONNECT + "getaddrinfo ENOTFOUND"),
      "ambiguous name-gone no",
    ],
    [
      "Deno 2.2 name gone",
      new TypeError(
        `error sending request for url (https://${HOST}/db/neo4j/query/v2): client error (Connect): dns error: failed to lookup address information: Name or service not known`,
      ),
      "paused-candidate name-gone no",
    ],
    [
      "Deno 2.2 channel",
      new TypeError("error sending request for url (http://127.0.0.1:1/x): channel closed"),
      "ambiguous closed maybe",
    ],
    [
      "Deno 2.2 TLS end",
      discovery(driverError("SessionExpired", CONNECT + "unexpected end of file")),
      "ambiguous closed maybe",
    ],
    [
      "Deno 2.2 certificate",
      driverError(
        "ServiceUnavailable",
        CONNECT + "invalid peer certificate: Other(OtherError(CaUsedAsEndEntity))",
      ),
      "not-paused tls no",
    ],
    [
      "Deno on Windows",
      new TypeError("client error (Connect): dns error: No such host is known. (os error 11001)"),
      "paused-candidate name-gone no",
    ],
    [
      "Deno, resolver",
      new TypeError(
        "client error (Connect): dns error: failed to lookup address information: Temporary failure in name resolution",
      ),
      "not-paused resolver-down no",
    ],
    [
      "Deno, connect time-out",
      new TypeError(
        "client error (Connect): tcp connect error: Connection timed out (os error 110)",
      ),
      "ambiguous connect-timeout no",
    ],
    ["Workers", new Error("Network connection lost."), "ambiguous closed maybe"],
    [
      "Workers, hidden",
      new Error("internal error; reference = 0123456789abcdef"),
      "ambiguous opaque maybe",
    ],
    [
      "Workers, 530",
      { status: 530, message: "POST https://x/: 530 error code: 1016" },
      "paused-candidate name-gone no",
    ],
    [
      "Workers, 530 alone",
      { status: 530, message: "origin unreachable" },
      "ambiguous http-5xx maybe",
    ],
    [
      "WebSocket build",
      driverError(
        "ServiceUnavailable",
        "WebSocket connection failure. Due to security constraints",
      ),
      "ambiguous opaque maybe",
    ],
    ["driver 4, no cause", discovery(), "ambiguous no-routers maybe"],
    [
      "silent socket with a hint",
      driverError("SessionExpired", "Connection lost. Server didn't respond in 60000ms"),
      "ambiguous closed maybe",
    ],
    [
      "happy eyeballs",
      new TypeError("fetch failed", {
        cause: new AggregateError([
          new Error("connect ECONNREFUSED 10.0.0.1:443"),
          new Error("connect ENETUNREACH ::1:443"),
        ]),
      }),
      "ambiguous refused no",
    ],
    [
      "happy eyeballs, turned",
      new TypeError("fetch failed", {
        cause: new AggregateError([
          new Error("connect ENETUNREACH ::1:443"),
          new Error("connect ECONNREFUSED 10.0.0.1:443"),
        ]),
      }),
      "ambiguous refused no",
    ],
    [
      "ky 2",
      Object.assign(new Error("Request failed due to a network error: POST https://x/"), {
        name: "NetworkError",
        cause: new TypeError("fetch failed", {
          cause: new Error("getaddrinfo ENOTFOUND aura-xyz.invalid"),
        }),
      }),
      "paused-candidate name-gone no",
    ],
    [
      "ky response",
      Object.assign(new Error("no"), { name: "HTTPError", response: { status: 502 } }),
      "ambiguous http-5xx maybe",
    ],
    ["a GraphQL error", {
      message: "Unexpected error",
      originalError: driverError(
        "ServiceUnavailable",
        CONNECT + "connect ECONNREFUSED 127.0.0.1:1",
      ),
    }, "ambiguous refused no"],
    [
      "a Hono HTTPException with a cause",
      Object.assign(new Error("sorry", { cause: new Error("read ECONNRESET") }), {
        status: 500,
        getResponse: () => null,
      }),
      "ambiguous reset maybe",
    ],
    ["HTTP 500", { status: 500 }, "not-paused http-5xx maybe"],
    ["HTTP 504", { status: 504 }, "ambiguous http-5xx maybe"],
    ["Query API unavailable", {
      status: 503,
      code: "Neo.TransientError.General.DatabaseUnavailable",
      message: "no",
    }, "ambiguous database-unavailable maybe"],
    ["a thrown string", "connect ECONNREFUSED 127.0.0.1:7687", "ambiguous refused no"],
    [
      "a time-out of the caller's",
      new DOMException("The operation timed out.", "TimeoutError"),
      "ambiguous timeout maybe",
    ],
  ];
  for (const [name, error, expected] of cases) {
    test(`classify() knows ${name}`, () => {
      const { kind, reason, reached } = classify(error, { host: HOST });
      assert.equal(`${kind} ${reason} ${reached}`, expected);
    });
  }
});

describe("classify() and what only looks like a pause", () => {
  const lookalikes: readonly (readonly [string, unknown, string])[] = [
    [
      "a blocked path",
      Object.assign(new Error("Request forbidden by administrative rules"), {
        response: { status: 403 },
      }),
      "http-4xx",
    ],
    [
      "a blocked path as text",
      new Error("403 Forbidden: Request forbidden by administrative rules"),
      "unknown",
    ],
    [
      "wrong password",
      driverError("Neo.ClientError.Security.Unauthorized", "The client is unauthorized"),
      "statement",
    ],
    ["wrong password over HTTP", { status: 401, message: "401 Unauthorized" }, "http-4xx"],
    [
      "too many logins",
      driverError("Neo.ClientError.Security.AuthenticationRateLimit", "too many times"),
      "statement",
    ],
    [
      "authorization expired, routed",
      discovery(driverError("Neo.ClientError.Security.AuthorizationExpired", "expired")),
      "statement",
    ],
    [
      "another tenant answers",
      driverError("Neo.ClientError.Database.DatabaseNotFound", "Graph not found: neo4j"),
      "statement",
    ],
    [
      "leader switch",
      driverError("Neo.ClientError.Cluster.NotALeader", "No write operations are allowed"),
      "leader-switch",
    ],
    [
      "leader switch, routed",
      driverError("SessionExpired", "No longer possible to write to server at 10.0.0.1:7687"),
      "leader-switch",
    ],
    [
      "read-only incident",
      driverError("Neo.ClientError.General.ForbiddenOnReadOnlyDatabase", "read only"),
      "leader-switch",
    ],
    [
      "a full pool",
      driverError(
        "N/A",
        "Connection acquisition timed out in 60000 ms. Pool status: Active conn count = 100, Idle conn count = 0.",
      ),
      "pool-exhausted",
    ],
    [
      "memory",
      driverError("Neo.TransientError.General.MemoryPoolOutOfMemoryError", "oom"),
      "statement",
    ],
    [
      "the local resolver",
      driverError("ServiceUnavailable", CONNECT + "getaddrinfo EAI_AGAIN aura-xyz.invalid"),
      "resolver-down",
    ],
    [
      "no network",
      discovery(driverError("SessionExpired", CONNECT + "connect ENETUNREACH 10.0.0.1:7687")),
      "no-route",
    ],
    [
      "a Worker's TLS option",
      driverError(
        "ServiceUnavailable",
        DISCOVERY,
        new Error("The options.rejectUnauthorized option is not implemented"),
      ),
      "tls",
    ],
    [
      "the experimental wrapper on 401",
      driverError("SERVICE_UNAVAILABLE", "Query API is not available"),
      "unknown",
    ],
    [
      "the app's own 503",
      Object.assign(new Error("busy"), { status: 503, getResponse: () => null }),
      "unknown",
    ],
    ["a bug", new TypeError("Cannot read properties of undefined (reading 'title')"), "unknown"],
    ["the caller left", new DOMException("This operation was aborted", "AbortError"), "aborted"],
    [
      "the caller left fetch",
      new TypeError("fetch failed", { cause: new DOMException("aborted", "AbortError") }),
      "aborted",
    ],
    [
      "a wake in progress",
      Object.assign(
        new Error("waking", { cause: new Error("getaddrinfo ENOTFOUND aura-xyz.invalid") }),
        { code: "AURA_WAKING" },
      ),
      "handled",
    ],
    [
      "the Aura API down",
      Object.assign(new Error("x", { cause: new Error("connect ECONNREFUSED") }), {
        code: "AURA_UNREACHABLE",
      }),
      "handled",
    ],
    [
      "a statement that quotes an error",
      driverError("Neo.ClientError.Statement.SyntaxError", "Invalid input 'ENOTFOUND'"),
      "statement",
    ],
    [
      "a statement as text",
      "Neo4jError: Neo.ClientError.Statement.SyntaxError: Invalid input 'ECONNREFUSED'",
      "statement",
    ],
    [
      "one statement among several errors",
      new AggregateError([
        new Error("connect ECONNREFUSED"),
        driverError("Neo.ClientError.Statement.SyntaxError", "x"),
      ]),
      "statement",
    ],
  ];
  for (const [name, error, reason] of lookalikes) {
    test(`classify() takes ${name} for no pause`, () => {
      const verdict = classify(error);
      assert.deepEqual([verdict.kind, verdict.reason], ["not-paused", reason]);
    });
  }
  for (const nothing of [undefined, null, 0, "", true, Symbol("x"), {}, [], () => 1, 1n]) {
    test(`classify() bears ${Object.prototype.toString.call(nothing)} ${nothing ? "" : "that is false"}`, () => {
      assert.equal(classify(nothing).kind, "not-paused");
    });
  }
});

describe("classify() and the shape of errors", () => {
  test("classify() ends on a cycle", () => {
    const error = new Error("outer", {
      cause: new Error("getaddrinfo ENOTFOUND a.databases.neo4j.io"),
    });
    (error.cause as Error).cause = error;
    Object.assign(error, { errors: [error, error.cause] });
    assert.equal(classify(error).kind, "paused-candidate");
  });

  test("classify() ends on a chain without end", () => {
    class Endless extends Error {
      override get cause(): Endless {
        return new Endless("and another");
      }
    }
    assert.equal(classify(new Endless("one")).kind, "not-paused");
  });

  test("classify() bears getters that throw", () => {
    const hostile = new Proxy({}, {
      get: (_target, key) => {
        if (key === "message") return "connect ECONNREFUSED 127.0.0.1:1";
        throw new Error("no");
      },
    });
    assert.equal(classify(hostile).reason, "refused");
  });

  test("classify() believes the deepest cause", () => {
    const deep = new Error("connect ECONNREFUSED 127.0.0.1:1");
    const error = new Error("ENOTFOUND timed out", {
      cause: new Error("certificate", { cause: deep }),
    });
    assert.equal(classify(error).reason, "refused");
  });

  test("classify() asks more of a name that is not the connection's", () => {
    const bare = driverError(
      "SessionExpired",
      CONNECT + "getaddrinfo ENOTFOUND p-1.production-orch-1.neo4j.io",
    );
    assert.equal(classify(bare).kind, "ambiguous");
    assert.equal(classify(bare, { host: "1a2b3c4d.databases.neo4j.io" }).kind, "ambiguous");
    const own = driverError(
      "SessionExpired",
      CONNECT + "getaddrinfo ENOTFOUND 1a2b3c4d.databases.neo4j.io",
    );
    assert.equal(classify(own).kind, "paused-candidate");
    assert.equal(classify(own, { host: "1A2B3C4D.databases.neo4j.io" }).kind, "paused-candidate");
    assert.equal(classify(own, { host: "b.databases.neo4j.io" }).kind, "ambiguous");
  });

  test("classify() takes a stranger's name for no pause", () => {
    const host = "1a2b3c4d.databases.neo4j.io";
    for (
      const stranger of [
        Object.assign(new Error("getaddrinfo ENOTFOUND api.stripe.com"), { code: "ENOTFOUND" }),
        new TypeError("fetch failed", {
          cause: new Error(
            "error sending request for url (https://api.stripe.com/v1): dns error: failed to lookup address information: Name or service not known",
          ),
        }),
      ]
    ) {
      assert.deepEqual(classify(stranger, { host }), {
        kind: "not-paused",
        reason: "name-gone",
        reached: "no",
      });
      assert.notEqual(classify(stranger).kind, "not-paused", "without a host any name counts");
    }
  });

  test("classify() believes a mark on the error more than its text", () => {
    const error = new Error("connect ECONNREFUSED 127.0.0.1:1");
    markReached(error, "maybe");
    assert.deepEqual(classify(error), { kind: "ambiguous", reason: "refused", reached: "maybe" });
    assert.deepEqual(Object.keys(error), []);
    markReached(error, "no");
    assert.equal(classify(error).reached, "no");
  });

  test("markReached() bears what cannot be marked", () => {
    markReached("a string", "maybe");
    markReached(Object.freeze(new Error("x")), "maybe");
    markReached(undefined, "no");
  });
});
