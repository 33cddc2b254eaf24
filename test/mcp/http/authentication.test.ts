import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, test } from "node:test";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { systemClock } from "../../../src/system-clock.ts";
import { begin, connect, INITIALIZE, post, refusal, start, toolCall } from "./fixture.ts";

const bearer = (token: string): { authorization: string } => ({ authorization: `Bearer ${token}` });

/** A key that anybody who can check tokens could sign with. */
const SHARED = {
  kty: "oct",
  kid: "shared",
  alg: "HS256",
  k: "c2hhcmVkLXNlY3JldC1vZi0zMi1ieXRlcy1vci1tb3JlIQ",
};

/** An authorization server on loopback: metadata and keys. */
async function startIssuer(path = "") {
  const keys = await generateKeyPair("ES256");
  const other = await generateKeyPair("ES256");
  const jwk = { ...await exportJWK(keys.publicKey), kid: "one", alg: "ES256", use: "sig" };
  const asked: string[] = [];
  let isDown = false;
  const server = createServer((request, response) => {
    asked.push(request.url ?? "");
    response.setHeader("content-type", "application/json");
    if (isDown) response.writeHead(500).end("{}");
    else if (request.url === "/keys") response.end(JSON.stringify({ keys: [jwk, SHARED] }));
    else if (request.url === `/.well-known/openid-configuration${path}` && path !== "") {
      response.end("{}");
    } else if (request.url === `${path}/.well-known/openid-configuration`) {
      response.end(JSON.stringify({ issuer, jwks_uri: `${origin}/keys` }));
    } else response.writeHead(404).end("{}");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const issuer = origin + path;

  function sign(
    claims: Record<string, unknown>,
    { key = keys.privateKey, kid = "one", expires = "5m" }: {
      key?: typeof keys.privateKey;
      kid?: string;
      expires?: string | Date;
    } = {},
  ): Promise<string> {
    return new SignJWT({ sub: "anna", iss: issuer, ...claims })
      .setProtectedHeader({ alg: "ES256", kid }).setIssuedAt().setExpirationTime(expires).sign(key);
  }
  return {
    issuer,
    asked,
    sign,
    other: other.privateKey,
    fail: (is: boolean) => isDown = is,
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

describe("a server with a token", () => {
  test("lets in whoever brings it, and nobody else", async () => {
    await using server = await start({ token: "correct-horse" });
    const wrong = [undefined, "Bearer wrong", "Bearer correct-hors", "Basic correct-horse"];
    for (const authorization of wrong) {
      const headers = authorization === undefined ? {} : { authorization };
      const answer = await post(server.url, INITIALIZE, { headers });
      const challenge = answer.headers.get("www-authenticate") ?? "";
      assert.match(challenge, /^Bearer/);
      const isBearer = authorization?.startsWith("Bearer") ?? false;
      assert.equal(challenge.includes("invalid_token"), isBearer);
      const { status, code, message } = await refusal(answer);
      assert.deepEqual([status, code], [401, -32000]);
      assert.doesNotMatch(message + challenge, /correct|wrong/);
    }
    await using connected = await connect(server.url, bearer("correct-horse"));
    const said = JSON.parse(await connected.call("whoami"));
    assert.equal(said.id, "token");
    // What the tools could see holds no credentials.
    assert.ok(!said.seen.includes("authorization"));
    assert.equal((await fetch(new URL("/metrics", server.url))).status, 401);
    const figures = await fetch(new URL("/metrics", server.url), {
      headers: bearer("correct-horse"),
    });
    assert.doesNotMatch(await figures.text(), /correct-horse/);
    assert.equal((await fetch(new URL("/healthz", server.url))).status, 200);
  });

  test("refuses a token that no header can hold", async () => {
    for (const token of ["", "two words", "ünicode"]) {
      await assert.rejects(start({ token }), { code: "CONFIG_INVALID" });
    }
  });
});

describe("a server with an issuer", () => {
  test("tells where to get a token, and takes one", async () => {
    await using issuer = await startIssuer();
    await using server = await start({ oauth: { issuer: issuer.issuer } });
    const { origin } = new URL(server.url);
    const refused = await post(server.url, INITIALIZE);
    await refused.body?.cancel();
    assert.equal(
      refused.headers.get("www-authenticate"),
      `Bearer scope="aura:read", resource_metadata="${origin}/.well-known/oauth-protected-resource/mcp"`,
    );
    for (const path of ["", "/mcp"]) {
      const address = `${origin}/.well-known/oauth-protected-resource${path}`;
      const metadata = await fetch(address, { headers: { origin: "https://anywhere.example" } });
      assert.equal(metadata.headers.get("access-control-allow-origin"), "*");
      assert.deepEqual(await metadata.json(), {
        resource: server.url,
        authorization_servers: [issuer.issuer],
        scopes_supported: ["aura:read", "aura:wake", "aura:write", "aura:destroy"],
        bearer_methods_supported: ["header"],
        resource_name: "aura-wake",
      });
    }
    const token = await issuer.sign({ aud: server.url, scope: "openid aura:wake" });
    await using connected = await connect(server.url, bearer(token));
    const said = JSON.parse(await connected.call("whoami"));
    assert.equal(said.id, `${issuer.issuer}|anna`);
    assert.deepEqual(said.narrowing, { mode: "wake" });
    assert.equal(issuer.asked.filter((path) => path === "/keys").length, 1);
  });

  test("finds the keys of an issuer with a path", async () => {
    await using issuer = await startIssuer("/tenant");
    await using server = await start({ oauth: { issuer: issuer.issuer } });
    const token = await issuer.sign({ aud: server.url, scp: ["aura:read"] });
    await begin(server.url, bearer(token));
  });

  test("refuses a token that is expired, another's, or for another server", async () => {
    await using issuer = await startIssuer();
    await using server = await start({ oauth: { issuer: issuer.issuer } });
    const scope = "aura:read";
    const aud = server.url;
    const past = new Date(Date.now() - 60_000);
    const tokens: [what: string, token: string][] = [
      ["garbage", "garbage"],
      ["three parts", "a.b.c"],
      ["another key", await issuer.sign({ aud, scope }, { key: issuer.other })],
      ["unknown key", await issuer.sign({ aud, scope }, { kid: "two" })],
      ["another issuer", await issuer.sign({ aud, scope, iss: "https://evil.example" })],
      ["another audience", await issuer.sign({ aud: "https://other.example/mcp", scope })],
      ["no audience", await issuer.sign({ scope })],
      ["no subject", await issuer.sign({ aud, scope, sub: undefined })],
      ["not yet", await issuer.sign({ aud, scope, nbf: Math.floor(Date.now() / 1000) + 600 })],
      [
        "shared secret",
        await new SignJWT({ aud, scope, sub: "anna", iss: issuer.issuer })
          .setProtectedHeader({ alg: "HS256", kid: "shared" }).setExpirationTime("5m").sign(SHARED),
      ],
      [
        "no signature",
        `${btoa('{"alg":"none"}')}.${
          btoa(JSON.stringify({ aud, scope, sub: "anna", iss: issuer.issuer, exp: 9e9 }))
        }.`
          .replaceAll("=", ""),
      ],
    ];
    for (const [what, token] of tokens) {
      const answer = await post(server.url, INITIALIZE, { headers: bearer(token) });
      assert.match(answer.headers.get("www-authenticate") ?? "", /error="invalid_token"/, what);
      assert.equal((await refusal(answer)).status, 401, what);
    }
    const expired = await post(server.url, INITIALIZE, {
      headers: bearer(await issuer.sign({ aud, scope }, { expires: past })),
    });
    assert.match(expired.headers.get("www-authenticate") ?? "", /the token has expired/);
    assert.deepEqual(await refusal(expired), {
      status: 401,
      code: -32000,
      message: "Cannot serve this caller: the token has expired",
    });
  });

  test("refuses a token without a scope of ours, and takes the most of several", async () => {
    await using issuer = await startIssuer();
    await using server = await start({ oauth: { issuer: issuer.issuer } });
    const answer = await post(server.url, INITIALIZE, {
      headers: bearer(await issuer.sign({ aud: server.url, scope: "openid constructor" })),
    });
    assert.match(
      answer.headers.get("www-authenticate") ?? "",
      /^Bearer error="insufficient_scope", scope="aura:read", resource_metadata="/,
    );
    assert.equal((await refusal(answer)).status, 403);

    const token = await issuer.sign({ aud: server.url, scope: "aura:write aura:read" });
    for (
      const [query, mode] of [["", "write"], ["?mode=destructive", "write"], ["?mode=read", "read"]]
    ) {
      await begin(server.url + query, bearer(token));
      assert.equal(server.inside.callers.at(-1)?.narrowing?.mode, mode);
    }
  });

  test("gives no token more by a session that another token began", async () => {
    await using issuer = await startIssuer();
    await using server = await start({ oauth: { issuer: issuer.issuer } });
    const aud = server.url;
    const strong = await issuer.sign({ aud, scope: "aura:destroy" });
    const weak = await issuer.sign({ aud, scope: "aura:read" });
    const session = await begin(server.url, bearer(strong));
    const refused = await post(server.url, toolCall(1, "whoami"), {
      headers: { ...session, ...bearer(weak) },
    });
    assert.match(refused.headers.get("www-authenticate") ?? "", /scope="aura:destroy"/);
    assert.equal((await refusal(refused)).status, 403);
    // Another person does not even learn that there is such a session.
    const stranger = bearer(await issuer.sign({ aud, scope: "aura:destroy", sub: "bert" }));
    const unknown = await refusal(
      post(server.url, toolCall(1, "whoami"), { headers: { ...session, ...stranger } }),
    );
    assert.deepEqual([unknown.status, unknown.code], [404, -32001]);
    const again = await post(server.url, toolCall(1, "whoami"), { headers: session });
    assert.equal(again.status, 200);
    await again.text();
  });

  test("does not fill the memory with keys that never end", async () => {
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 65_536;
        if (sent > 50_000_000) controller.close();
        else controller.enqueue(new Uint8Array(65_536).fill(0x20));
      },
    });
    await using server = await start({
      oauth: {
        issuer: "https://issuer.example",
        jwksUrl: "https://issuer.example/keys",
        fetch: () => Promise.resolve(new Response(endless)),
      },
    });
    await using issuer = await startIssuer();
    const token = await issuer.sign({
      iss: "https://issuer.example",
      aud: server.url,
      scope: "aura:read",
    });
    const { status } = await refusal(post(server.url, INITIALIZE, { headers: bearer(token) }));
    assert.equal(status, 503);
    assert.ok(sent < 2_000_000, `${sent} bytes were read`);
  });

  test("says 503 while the keys cannot be had, and goes on when they can", async () => {
    await using issuer = await startIssuer();
    const logged: string[] = [];
    let aheadMs = 0;
    issuer.fail(true);
    await using server = await start({
      oauth: { issuer: issuer.issuer },
      clock: { ...systemClock, now: () => Date.now() + aheadMs },
      log: (line) => logged.push(line),
    });
    const token = await issuer.sign({ aud: server.url, scope: "aura:read" });
    const answer = await post(server.url, INITIALIZE, { headers: bearer(token) });
    assert.equal(answer.headers.get("retry-after"), "5");
    assert.equal((await refusal(answer)).status, 503);
    assert.match(logged.join(), /Cannot find the keys of the issuer/);
    assert.ok(!logged.join().includes(token));
    // Anybody can send tokens: they must not become as many requests to an issuer in trouble, and as many lines.
    const asked = issuer.asked.length;
    for (let count = 0; count < 5; count++) {
      const { status } = await refusal(post(server.url, INITIALIZE, { headers: bearer(token) }));
      assert.equal(status, 503);
    }
    assert.equal(issuer.asked.length, asked);
    assert.equal(logged.length, 1);
    issuer.fail(false);
    aheadMs = 3_000;
    await begin(server.url, bearer(token));
    // Keys that are known are used while the issuer is away.
    issuer.fail(true);
    await begin(server.url, bearer(token));
  });

  test("says 503 when nothing listens at the issuer's address", async () => {
    const issuer = await startIssuer();
    const token = await issuer.sign({ aud: "https://mcp.example/mcp", scope: "aura:read" });
    await issuer[Symbol.asyncDispose]();
    await using server = await start({
      oauth: {
        issuer: issuer.issuer,
        jwksUrl: `${issuer.issuer}/keys`,
        resource: "https://mcp.example/mcp",
      },
    });
    const answer = await refusal(post(server.url, INITIALIZE, { headers: bearer(token) }));
    assert.equal(answer.status, 503);
  });

  test("refuses an issuer over plain HTTP", async () => {
    await assert.rejects(start({ oauth: { issuer: "http://login.example" } }), {
      code: "CONFIG_INVALID",
      message:
        "Cannot serve MCP over HTTP: the option oauth.issuer is plain http://, which is for loopback only: use https://",
    });
  });
});

describe("the headers with an Aura API key", () => {
  const key = { "x-aura-client-id": "my-id", "x-aura-client-secret": "canary-secret-of-aura" };

  test("make the caller another one, by a hash that gives nothing away", async () => {
    await using server = await start();
    await using connected = await connect(server.url, key);
    const text = await connected.call("whoami");
    const said = JSON.parse(text);
    assert.match(said.id, /^aura:[0-9a-f]{16}$/);
    assert.doesNotMatch(text, /canary|x-aura/);
    assert.deepEqual(server.inside.callers[0]?.aura, {
      clientId: "my-id",
      clientSecret: "canary-secret-of-aura",
    });
    // The same key is the same caller; another one, or none, is not.
    const session = await begin(server.url, key);
    assert.equal(server.inside.callers[1]?.id, said.id);
    for (const headers of [{}, { ...key, "x-aura-client-secret": "another" }]) {
      const { "mcp-session-id": id = "" } = session;
      const answer = await refusal(
        post(server.url, toolCall(1, "whoami"), { headers: { ...headers, "mcp-session-id": id } }),
      );
      assert.deepEqual([answer.status, answer.code], [404, -32001]);
    }
  });

  test("are wanted both, and nowhere else", async () => {
    await using server = await start();
    for (const name of Object.keys(key)) {
      const half = { [name]: "canary-half" };
      const answer = await refusal(post(server.url, INITIALIZE, { headers: half }));
      assert.equal(answer.status, 400);
      assert.doesNotMatch(answer.message, /canary/);
    }
    await using closed = await start({ acceptAuraCredentials: false });
    const answer = await refusal(post(closed.url, INITIALIZE, { headers: key }));
    assert.equal(answer.status, 400);
    assert.doesNotMatch(answer.message, /canary/);
  });
});
