import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { startEmulator } from "../../../src/emulator/mod.ts";
import { askToken, basicHeaders, read, signIn } from "./api-client.ts";

describe("POST /oauth/token", () => {
  test("gives an opaque bearer token for an hour, on both paths", async () => {
    await using emulator = await startEmulator({ clock: "manual" });
    for (const path of ["/oauth/token", "/v2beta1/oauth/token"]) {
      const { status, body, headers } = await askToken(emulator, {}, path);
      assert.equal(status, 200);
      assert.equal(headers.get("cache-control"), "no-store");
      const { access_token, ...rest } = body as Record<string, unknown>;
      assert.deepEqual(rest, { expires_in: 3600, token_type: "bearer" });
      assert.equal(typeof access_token, "string");
    }
  });

  test("answers 401, 404, 400, 403 and 405 as documented", async () => {
    await using emulator = await startEmulator({ clock: "manual" });
    const form = basicHeaders(emulator);
    const wrong = {
      "no credentials": { "content-type": form["content-type"] ?? "" },
      "a wrong secret": { ...form, authorization: `Basic ${btoa("local-aura-client:nope")}` },
      "no colon": { ...form, authorization: `Basic ${btoa("local-aura-client")}` },
      "no base64": { ...form, authorization: "Basic %%%" },
      "a bearer token": { ...form, authorization: "Bearer local-aura-secret" },
    };
    for (const [name, headers] of Object.entries(wrong)) {
      const { status, body } = await askToken(emulator, { headers });
      assert.equal(status, 401, name);
      assert.deepEqual(body, {
        errors: [{ message: "invalid client credentials", reason: "invalid_client" }],
      });
    }
    assert.equal((await askToken(emulator, { body: "" })).status, 404);
    assert.equal((await askToken(emulator, { body: "grant_type=password" })).status, 403);
    const json = { ...form, "content-type": "application/json" };
    assert.equal((await askToken(emulator, { headers: json })).status, 400);
    const get = await read(await fetch(`${emulator.url}/oauth/token`));
    assert.equal(get.status, 405);
    assert.equal(get.headers.get("allow"), "POST");
  });
});

describe("bearer tokens", () => {
  test("none, an unknown one and Basic are 401; an expired one is 403", async () => {
    await using emulator = await startEmulator({ clock: "manual" });
    const url = `${emulator.url}/v1/instances`;
    const unauthorized = {
      errors: [{ message: "Invalid or expired token", reason: "unauthorized" }],
    };
    for (
      const authorization of [undefined, "Bearer nope", basicHeaders(emulator)["authorization"]]
    ) {
      const headers = authorization === undefined ? {} : { authorization };
      const answer = await read(await fetch(url, { headers }));
      assert.equal(answer.status, 401);
      assert.deepEqual(answer.body, unauthorized);
      assert.equal(answer.headers.get("x-request-id"), null);
    }

    const client = await signIn(emulator);
    await emulator.advance(3_599_999);
    assert.equal((await client.call("GET", "/v1/instances")).status, 200);
    await emulator.advance(1);
    const expired = await client.call("GET", "/v1/instances");
    assert.equal(expired.status, 403);
    assert.deepEqual(expired.body, {
      errors: [{ message: "Insufficient permissions", reason: "unauthorized" }],
    });
  });

  test("revokeTokens() makes them unknown", async () => {
    await using emulator = await startEmulator({ clock: "manual" });
    const client = await signIn(emulator);
    emulator.revokeTokens();
    assert.equal((await client.call("GET", "/v1/instances")).status, 401);
  });

  test("tokenLifetimeMs is said and kept", async () => {
    await using emulator = await startEmulator({ clock: "manual", tokenLifetimeMs: 5_000 });
    const { body } = await askToken(emulator);
    assert.equal((body as { expires_in: number }).expires_in, 5);
    const client = await signIn(emulator);
    await emulator.advance(5_000);
    assert.equal((await client.call("GET", "/v1/instances")).status, 403);
  });
});
