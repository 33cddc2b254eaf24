import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Hono } from "hono";
import { createMcpApp, mountOn } from "../../../mcp/http/app.ts";
import { isAllowedHost, isAllowedOrigin } from "../../../mcp/http/guard.ts";
import { HEADERS, INITIALIZE, refusal, tinyServer } from "./fixture.ts";

const body = JSON.stringify(INITIALIZE);

describe("the guard", () => {
  test("isAllowedHost() takes loopback, and what is named with or without a port", () => {
    const settings = { allowedHosts: ["mcp.example", "Other.example:8443"], allowedOrigins: [] };
    for (
      const host of [
        "localhost",
        "localhost:3000",
        "127.0.0.1:1",
        "[::1]:3000",
        "app.localhost",
        "MCP.example",
        "mcp.example:99",
        "other.example:8443",
      ]
    ) assert.ok(isAllowedHost(host, settings), host);
    for (
      const host of [
        "",
        "evil.example",
        "localhost.evil.example",
        "mcp.example.evil.example",
        "127.0.0.1.evil.example",
        "other.example",
        "other.example:1",
        "user@localhost",
        "localhost/..",
      ]
    ) assert.ok(!isAllowedHost(host, settings), host);
    assert.ok(isAllowedHost("anything.example", { ...settings, allowedHosts: ["*"] }));
  });

  test("isAllowedOrigin() takes loopback, and what is named", () => {
    const settings = { allowedHosts: ["mcp.example"], allowedOrigins: ["https://app.example"] };
    for (
      const origin of [
        "http://localhost:6274",
        "https://127.0.0.1",
        "http://[::1]:1",
        "https://app.example",
      ]
    ) assert.ok(isAllowedOrigin(origin, settings), origin);
    for (
      const origin of [
        "null",
        "https://evil.example",
        "http://app.example",
        "https://app.example.evil.example",
        "https://localhost.evil.example",
        "https://app.example:8443",
        "file://localhost",
        "https://evil.example@localhost",
      ]
    ) assert.ok(!isAllowedOrigin(origin, settings), origin);
  });

  test("answers 403 for a foreign Host or Origin, on every route that could give something away", async () => {
    const { app } = createMcpApp({
      serve: tinyServer().serve,
      oauth: { issuer: "https://login.example" },
    });
    const ask = (path: string, headers: Record<string, string>): Promise<Response> =>
      Promise.resolve(app.request(`http://127.0.0.1${path}`, { headers }));
    for (const headers of [{ host: "evil.example" }, { origin: "https://evil.example" }]) {
      const init = { method: "POST", headers: { ...HEADERS, ...headers }, body };
      const answer = await refusal(app.request("http://127.0.0.1/mcp", init));
      assert.deepEqual([answer.status, answer.code], [403, -32000]);
    }
    const metadata = await ask("/.well-known/oauth-protected-resource", { host: "evil.example" });
    assert.equal(metadata.status, 403);
    const open = createMcpApp({ serve: tinyServer().serve });
    const figures = await open.app.request("http://evil.example/metrics");
    assert.equal(figures.status, 403);
    assert.equal((await open.app.request("http://10.0.0.7/healthz")).status, 200);
  });

  test("lets pages of an allowed origin call, and read what they need", async () => {
    const { app, close } = createMcpApp({
      serve: tinyServer().serve,
      allowedOrigins: ["https://app.example"],
      token: "t-1",
    });
    const origin = "https://app.example";
    const preflight = await app.request("http://localhost/mcp", {
      method: "OPTIONS",
      headers: { origin, "access-control-request-method": "POST" },
    });
    assert.equal(preflight.status, 204);
    assert.equal(preflight.headers.get("access-control-allow-origin"), origin);
    const allowed = preflight.headers.get("access-control-allow-headers") ?? "";
    for (const name of ["Authorization", "Mcp-Session-Id", "Last-Event-ID", "X-Aura-Client-Id"]) {
      assert.ok(allowed.includes(name), name);
    }
    for (const authorization of ["Bearer t-1", "Bearer wrong"]) {
      const answer = await app.request("http://localhost/mcp", {
        method: "POST",
        headers: { ...HEADERS, origin, authorization },
        body,
      });
      await answer.text();
      assert.equal(answer.status, authorization === "Bearer t-1" ? 200 : 401);
      assert.equal(answer.headers.get("access-control-allow-origin"), origin);
      const exposed = answer.headers.get("access-control-expose-headers") ?? "";
      for (const name of ["Mcp-Session-Id", "WWW-Authenticate"]) {
        assert.ok(exposed.includes(name), name);
      }
    }
    const foreign = await app.request("http://localhost/mcp", {
      method: "OPTIONS",
      headers: { origin: "https://evil.example", "access-control-request-method": "POST" },
    });
    assert.equal(foreign.status, 403);
    await close();
  });
});

describe("mountOn()", () => {
  test("touches nothing but its own paths, also below another path", async () => {
    const inner = new Hono();
    const mounted = mountOn(inner, {
      serve: tinyServer().serve,
      path: "/aura/mcp",
      healthPath: false,
      metricsPath: "/figures",
    });
    inner.get("/healthz", (c) => c.text("the user's own"));
    const app = new Hono().route("/api", inner).get("/", (c) => c.text("home"));
    const text = async (path: string): Promise<string> => {
      const answer = await app.request(`http://shop.example${path}`);
      assert.equal(answer.headers.get("access-control-allow-origin"), null);
      return await answer.text();
    };
    assert.equal(await text("/"), "home");
    assert.equal(await text("/api/healthz"), "the user's own");
    const answer = await app.request("http://localhost/api/aura/mcp", {
      method: "POST",
      headers: HEADERS,
      body,
    });
    assert.equal(answer.status, 200);
    assert.match(await answer.text(), /"serverInfo"/);
    const figures = await app.request("http://localhost/api/figures");
    assert.match(await figures.text(), /aura_mcp_sessions 1\n/);
    await mounted.close();
    assert.equal(mounted.sessions, 0);
  });

  test("says where it really is when it is below another path", async () => {
    for (const mounting of ["route", "basePath"] as const) {
      const app = new Hono();
      const inner = mounting === "route" ? new Hono() : app.basePath("/api");
      const mounted = mountOn(inner, {
        serve: tinyServer().serve,
        oauth: { issuer: "https://login.example" },
      });
      if (mounting === "route") app.route("/api", inner);
      const answer = await app.request("http://localhost/api/mcp", {
        method: "POST",
        headers: HEADERS,
        body,
      });
      assert.equal(answer.status, 401);
      const [, address = ""] =
        /resource_metadata="([^"]+)"/.exec(answer.headers.get("www-authenticate") ?? "") ?? [];
      assert.equal(address, "http://localhost/api/.well-known/oauth-protected-resource/mcp");
      const metadata = await app.request(address);
      assert.equal(metadata.status, 200);
      const { resource } = await metadata.json() as { resource: string };
      assert.equal(resource, "http://localhost/api/mcp");
      await mounted.close();
    }
  });

  test("answers when middleware of the app's own has read the body", async () => {
    const app = new Hono();
    app.use(async (c, next) => {
      if (c.req.method === "POST") await c.req.json();
      await next();
    });
    const mounted = mountOn(app, { serve: tinyServer().serve });
    const answer = await app.request("http://localhost/mcp", {
      method: "POST",
      headers: HEADERS,
      body,
    });
    assert.equal(answer.status, 200);
    assert.match(await answer.text(), /"serverInfo"/);
    await mounted.close();
  });

  test("answers before middleware that is used after it", async () => {
    const app = new Hono();
    const mounted = mountOn(app, { serve: tinyServer().serve });
    const held: string[] = [];
    app.use((c, next) => {
      held.push(c.req.path);
      return next();
    });
    app.get("/orders", (c) => c.text("orders"));
    await app.request("http://localhost/orders");
    const answer = await app.request("http://localhost/mcp", {
      method: "POST",
      headers: HEADERS,
      body,
    });
    await answer.text();
    assert.deepEqual(held, ["/orders"]);
    await mounted.close();
  });

  test("refuses options that cannot be", () => {
    const serve = tinyServer().serve;
    const wrong = [
      { path: "mcp" },
      { path: "/mcp/" },
      { path: "/:id" },
      { healthPath: "" },
      { path: "/healthz" },
      { path: "/metrics" },
      { healthPath: "/up", metricsPath: "/up" } as const,
      { allowedHosts: ["http://mcp.example.com"] },
      { allowedHosts: ["mcp.example.com/mcp"] },
      { maxSessions: 0 },
      { maxBodyBytes: NaN },
      { drainMs: -1 },
      { allowedOrigins: ["app.example"] },
      { allowedOrigins: ["https://app.example/page"] },
      { oauth: { issuer: "login" } },
      { oauth: { issuer: "https://login.example", scopes: {} } },
    ];
    for (const options of wrong) {
      assert.throws(
        () => createMcpApp({ serve, ...options }),
        { code: "CONFIG_INVALID" },
        JSON.stringify(options),
      );
    }
  });
});
