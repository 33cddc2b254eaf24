import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { AuraApiError, AuraUnreachableError } from "../../src/aura/errors.ts";
import { OperateError, type OperateErrorCode } from "../../src/operate/operate-error.ts";
import { AuraWakeError, type ErrorCode } from "../../src/errors.ts";
import { causesText, failureText, toFailure } from "../../src/cli/failure.ts";

function apiError(status: number, facts: { signIn?: boolean; reason?: string } = {}): AuraApiError {
  return new AuraApiError("Cannot get instance: no; next: do that", {
    status,
    method: "GET",
    url: "https://api.neo4j.io/v1/instances/a1b2c3d4",
    signIn: facts.signIn ?? false,
    reason: facts.reason,
    field: undefined,
    requestId: "request-1",
    retryAfterMs: undefined,
    errors: [],
  });
}

/** What people have in their scripts. */
const CLI_CODES: Readonly<Record<OperateErrorCode, number>> = {
  USAGE: 2,
  NOT_FOUND: 3,
  AMBIGUOUS: 2,
  NOT_CONFIRMED: 2,
  FAILED: 1,
  CONFLICT: 5,
  VALIDATION: 6,
  UNCONFIRMED: 8,
  DATABASE: 8,
  FILE: 1,
  NOT_PERMITTED: 1,
  INTERRUPTED: 130,
  INTERNAL: 1,
};

const LIBRARY_CODES: Partial<Readonly<Record<ErrorCode, number>>> = {
  AURA_UNREACHABLE: 8,
  AURA_WAKING: 8,
  AURA_WAKE_DEADLINE: 8,
  AURA_WAIT_DEADLINE: 8,
  AURA_WAIT_FAILED: 1,
  AURA_WAKE_REFUSED: 5,
  AURA_CREDENTIALS: 4,
  AURA_BILLING: 1,
  AURA_BROKEN: 1,
  AURA_GONE: 3,
  AURA_MISMATCH: 2,
  AURA_NO_CONNECTION: 2,
  AURA_QUERY: 6,
  AURA_JOURNAL: 1,
  AURA_UNCONFIRMED: 8,
  CONFIG_INCOMPLETE: 4,
  CONFIG_INVALID: 2,
};

describe("toFailure()", () => {
  test("knows the exit code of every code", () => {
    for (const [code, exitCode] of Object.entries(CLI_CODES)) {
      const failure = toFailure(new OperateError(code as OperateErrorCode, "Cannot", "do that"));
      assert.deepEqual(failure, {
        code,
        exit_code: exitCode,
        message: "Cannot",
        suggestion: "do that",
      });
    }
    for (const [code, exitCode] of Object.entries(LIBRARY_CODES)) {
      const failure = toFailure(new AuraWakeError(code as ErrorCode, "Cannot"));
      assert.deepEqual([failure.code, failure.exit_code], [code, exitCode]);
    }
  });

  test("lets the API's status decide", () => {
    const exitCodes: [error: AuraApiError, exitCode: number][] = [
      [apiError(400), 6],
      [apiError(401), 4],
      [apiError(402), 1],
      [apiError(403), 4],
      [apiError(404), 3],
      [apiError(404, { signIn: true }), 4],
      [apiError(409), 5],
      [apiError(422), 6],
      [apiError(429), 7],
      [apiError(500), 8],
      [apiError(503), 8],
      [apiError(200), 8],
    ];
    for (const [error, exitCode] of exitCodes) {
      assert.equal(toFailure(error).exit_code, exitCode, String(error.status));
    }
    assert.deepEqual(toFailure(apiError(409)), {
      code: "AURA_API",
      exit_code: 5,
      message: "Cannot get instance: no",
      suggestion: "do that",
      request_id: "request-1",
    });
  });

  test("tells the database's errors by their code", () => {
    const failure = (code: string): number =>
      toFailure(Object.assign(new Error("no"), { code })).exit_code;
    assert.equal(failure("Neo.ClientError.Security.Unauthorized"), 4);
    assert.equal(failure("Neo.ClientError.Statement.SyntaxError"), 6);
    assert.equal(failure("Neo.TransientError.General.DatabaseUnavailable"), 8);
    assert.equal(failure("ServiceUnavailable"), 8);
  });

  test("says what Deno does not permit, however deep that is", () => {
    const denied = Object.assign(
      new Error('Requires net access to "api.neo4j.io:443", run again with the --allow-net flag'),
      { name: "NotCapable" },
    );
    const error = new AuraUnreachableError("Cannot sign in", "POST", "https://x", {
      cause: new TypeError("fetch failed", { cause: denied }),
    });
    assert.deepEqual(toFailure(error), {
      code: "NOT_PERMITTED",
      exit_code: 1,
      message: 'Cannot go on: Deno does not permit net access to "api.neo4j.io:443"',
      suggestion: "run again with --allow-net",
    });
  });

  test("takes everything else for a mistake of this program", () => {
    assert.deepEqual(toFailure(new TypeError("x is undefined")), {
      code: "INTERNAL",
      exit_code: 1,
      message: "Cannot finish: x is undefined",
      suggestion: "run again with --verbose to see where",
    });
    for (const odd of [undefined, null, "text", 7]) {
      assert.equal(toFailure(odd).exit_code, 1);
    }
  });
});

describe("failureText()", () => {
  test("is one line, whatever was said", () => {
    const failure = toFailure(new OperateError("FILE", "Cannot read\n\u001b[1mit", "look\nthere"));
    assert.equal(failureText(failure), "Cannot read \ufffd[1mit; next: look there");
  });
});

describe("causesText()", () => {
  test("has every cause, and ends also where they go in a circle", () => {
    const inner = new Error("inner");
    const outer = new Error("outer", { cause: inner });
    assert.match(causesText(outer), /outer[^]*\ncaused by [^]*inner/);
    inner.cause = outer;
    assert.ok(causesText(outer).length < 20_000);
  });
});
