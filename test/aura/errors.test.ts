import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { inspect } from "node:util";
import { createAura } from "../../src/aura/aura.ts";
import type { AuraApiError } from "../../src/aura/errors.ts";
import { createWakeApi } from "../../src/aura/wake-api.ts";
import { manualClock } from "../helpers/manual-clock.ts";
import { fakeAura, instance, issue, refusal } from "./fake-aura.ts";

/** What a POST of the given answer is rejected with. */
async function failure(answer: Response): Promise<AuraApiError> {
  const { fetch } = fakeAura({ api: () => answer });
  const aura = createAura({ credentials: { token: "ready" }, fetch });
  try {
    await aura.request("POST", "/v1/x");
  } catch (error) {
    return error as AuraApiError;
  }
  throw new Error("Cannot test the failure: the call succeeded");
}

interface Case {
  readonly shape: string;
  readonly status: number;
  readonly body: unknown;
  readonly told: string;
  readonly reason?: string;
  readonly field?: string;
  readonly errors: number;
}

const VALIDATION = "The request body contains validation errors";
const CASES: readonly Case[] = [
  {
    shape: "a: errors with message and reason",
    status: 404,
    body: { errors: [{ message: "DB not found: a1b2c3d4", reason: "db-not-found" }] },
    told: "DB not found: a1b2c3d4 (404 db-not-found)",
    reason: "db-not-found",
    errors: 1,
  },
  {
    shape: "a: with a field, and with an empty reason",
    status: 400,
    body: {
      errors: [{ message: "is required", reason: "", field: "DataSourceId" }, { message: "two" }],
    },
    told: "DataSourceId: is required; two (400)",
    field: "DataSourceId",
    errors: 2,
  },
  {
    shape: "b: error as text",
    status: 415,
    body: { error: "Unsupported media type" },
    told: "Unsupported media type (415)",
    errors: 1,
  },
  {
    shape: "c: bare message and reason",
    status: 400,
    body: { message: "not here", reason: "multi-db-only" },
    told: "not here (400 multi-db-only)",
    reason: "multi-db-only",
    errors: 1,
  },
  {
    shape: "d: errors nested by field",
    status: 400,
    body: {
      errors: {
        allow_list: { "0": { ip_range: ["Field may not be null."] } },
        organization_id: ["Missing data for required field."],
      },
      message: VALIDATION,
      reason: "validation-error",
    },
    told: `${VALIDATION}; allow_list.0.ip_range: Field may not be null.; ` +
      "organization_id: Missing data for required field. (400 validation-error)",
    reason: "validation-error",
    errors: 3,
  },
  {
    shape: "d: as a list",
    status: 400,
    body: {
      errors: [{ field: "name", message: "too long" }],
      message: VALIDATION,
      reason: "validation-error",
    },
    told: `${VALIDATION}; name: too long (400 validation-error)`,
    reason: "validation-error",
    errors: 2,
  },
  {
    shape: "e: plain text",
    status: 400,
    body: "- at '': missing\n property 'id'",
    told: "- at '': missing property 'id' (400)",
    errors: 1,
  },
  {
    shape: "f: data null beside errors",
    status: 409,
    body: { data: null, errors: [{ id: "", message: "session s-1 already exists", reason: "" }] },
    told: "session s-1 already exists (409)",
    errors: 1,
  },
  {
    shape: "g: error code beside a message",
    status: 400,
    body: { errors: [{ error: "NO_BILLING", message: "no plan" }] },
    told: "no plan (400 NO_BILLING)",
    reason: "NO_BILLING",
    errors: 1,
  },
  {
    shape: "h: 200 with data and errors",
    status: 200,
    body: { data: { id: "1" }, errors: [{ message: "unknown type", reason: "invalid-type-defs" }] },
    told: "unknown type (200 invalid-type-defs)",
    reason: "invalid-type-defs",
    errors: 1,
  },
  { shape: "i: an empty body", status: 502, body: "", told: "no reason given (502)", errors: 0 },
  {
    shape: "HTML",
    status: 503,
    body: "\n<!doctype html><title>Bad gateway</title>",
    told: "an HTML page instead of JSON (503)",
    errors: 1,
  },
  {
    shape: "OAuth",
    status: 400,
    body: { error: "invalid_grant", error_description: "no such grant" },
    told: "no such grant (400 invalid_grant)",
    reason: "invalid_grant",
    errors: 1,
  },
  {
    shape: "JSON that is no object",
    status: 400,
    body: "null",
    told: "no reason given (400)",
    errors: 0,
  },
  {
    shape: "errors that are none",
    status: 400,
    body: { errors: [null, 7, {}] },
    told: "no reason given (400)",
    errors: 0,
  },
  {
    shape: "cut JSON",
    status: 500,
    body: '{"errors":[{"mess',
    told: '{"errors":[{"mess (500)',
    errors: 1,
  },
  {
    shape: "200 HTML",
    status: 200,
    body: "<html>",
    told: "the answer is not the JSON that was expected (200)",
    errors: 1,
  },
  {
    shape: "200 without data",
    status: 200,
    body: {},
    told: "the answer is not the JSON that was expected (200)",
    errors: 1,
  },
  {
    shape: "202 with null",
    status: 202,
    body: { data: null },
    told: "the answer is not the JSON that was expected (202)",
    errors: 1,
  },
];

describe("AuraApiError", () => {
  for (const { shape, status, body, told, reason, field, errors } of CASES) {
    for (const type of ["application/json", "text/plain"]) {
      test(`request() reads ${shape} as ${type}`, async () => {
        const text = typeof body === "string" ? body : JSON.stringify(body);
        const headers = { "content-type": type, "x-request-id": "0123456789abcdef/42" };
        const error = await failure(new Response(text, { status, headers }));
        assert.equal(error.name, "AuraApiError");
        assert.equal(error.code, "AURA_API");
        assert.equal(error.status, status);
        assert.equal(error.reason, reason);
        assert.equal(error.field, field);
        assert.equal(error.errors.length, errors);
        assert.equal(error.requestId, "0123456789abcdef/42");
        assert.equal(error.method, "POST");
        assert.equal(error.url, "https://api.neo4j.io/v1/x");
        const place = "POST https://api.neo4j.io/v1/x, request id 0123456789abcdef/42";
        assert.equal(
          error.message.split("; next: ")[0],
          `Cannot call the Aura API: ${told}, ${place}`,
        );
      });
    }
  }

  test("request() says what to do next, where that is known", async () => {
    const error = await failure(refusal(404, "DB not found: a1b2c3d4", "db-not-found"));
    assert.match(error.message, /; next: check the instance id/);
  });

  test("createWakeApi() says what it was doing", async () => {
    const { fetch } = fakeAura({
      api: () => refusal(404, "DB not found: a1b2c3d4", "db-not-found"),
    });
    const api = createWakeApi({ credentials: { token: "ready" }, fetch });
    await assert.rejects(api.instances.resume("a1b2c3d4"), {
      message: "Cannot resume instance: DB not found: a1b2c3d4 (404 db-not-found), " +
        "POST https://api.neo4j.io/v1/instances/a1b2c3d4/resume",
    });
    await assert.rejects(
      api.instances.get("a1b2c3d4"),
      /^AuraApiError: Cannot get instance: DB not found/,
    );
  });

  test("get() refuses an answer without a status, and keeps an unknown one", async () => {
    const answers = [Response.json({ data: { id: "a1b2c3d4" } }), instance("dreaming")];
    const { fetch } = fakeAura({ api: () => answers.shift()! });
    const api = createWakeApi({ credentials: { token: "ready" }, fetch });
    await assert.rejects(api.instances.get("a1b2c3d4"), { code: "AURA_API", status: 200 });
    assert.equal((await api.instances.get("a1b2c3d4")).status, "dreaming");
  });

  test("request() keeps long and many problems short", async () => {
    const errors = Array.from({ length: 500 }, () => ({ message: "x".repeat(5_000) }));
    const error = await failure(Response.json({ errors }, { status: 400 }));
    assert.equal(error.errors.length, 20);
    assert.ok(error.message.length < 7_000);
  });

  test("request() survives JSON nested without end", async () => {
    const deep = '{"errors":' + "[".repeat(200_000) + "]".repeat(200_000) + "}";
    const error = await failure(new Response(deep, { status: 400 }));
    assert.equal(error.status, 400);
  });

  test("request() stops reading an error body that is too large", async () => {
    let sent = 0;
    const flood = new ReadableStream({
      pull(controller) {
        sent += 1_048_576;
        controller.enqueue(new Uint8Array(1_048_576));
      },
    });
    const error = await failure(new Response(flood, { status: 500 }));
    assert.equal(error.status, 500);
    assert.ok(sent < 32 * 1_048_576);
  });
});

describe("secrets", () => {
  const SECRET = "canary-secret";
  const TOKEN = "canary-token";
  const BASIC = btoa(`the-id:${SECRET}`);

  function everythingSaidBy(value: unknown): string {
    const { stack, cause } = Object(value) as Error;
    return [
      String(value),
      stack,
      JSON.stringify(value),
      inspect(value, { depth: 20, showHidden: true }),
      String(cause),
      inspect(cause, { depth: 20 }),
    ]
      .join("\n");
  }

  function assertClean(value: unknown): void {
    const said = everythingSaidBy(value);
    for (const secret of [SECRET, TOKEN, BASIC]) assert.ok(!said.includes(secret), said);
  }

  /** As a debugging proxy does: everything that came goes back. */
  const echo = (seen: { headers: Headers }): Response =>
    Response.json({ errors: [{ message: `you sent ${seen.headers.get("authorization")}` }] }, {
      status: 400,
    });

  test("no error of a call shows the token, nor does the client", async () => {
    const credentials = { clientId: "the-id", clientSecret: SECRET };
    const answers = [
      echo,
      () => new Response("<html>", { status: 200 }),
      () => refusal(500),
      (): never => {
        throw new TypeError("fetch failed");
      },
      () => new Promise<Response>(() => {}),
    ];
    for (const api of answers) {
      const { fetch } = fakeAura({ api, token: () => issue(TOKEN) });
      const aura = createAura({ credentials, fetch, timeoutMs: 10, clock: manualClock() });
      await assert.rejects(aura.request("POST", "/v1/x"), (error) => {
        assertClean(error);
        return true;
      });
      assertClean(aura);
    }
  });

  test("no error of signing in shows the secret", async () => {
    const credentials = { clientId: "the-id", clientSecret: SECRET };
    const answers = [
      echo,
      () => Response.json({ token: TOKEN, error: SECRET }),
      () => new Response(`<p>${SECRET}`, { status: 401 }),
    ];
    for (const token of answers) {
      const { fetch } = fakeAura({ token });
      await assert.rejects(createAura({ credentials, fetch }).projects.list(), (error) => {
        assertClean(error);
        return true;
      });
    }
  });

  test("no error of the configuration shows a secret", () => {
    for (
      const credentials of [
        { token: `${TOKEN}\nX-Evil: 1` },
        { clientId: "", clientSecret: SECRET },
        { username: "the-id", clientSecret: SECRET },
      ]
    ) {
      assert.throws(() => createAura({ credentials: credentials as never }), (error) => {
        assertClean(error);
        return true;
      });
    }
  });
});
