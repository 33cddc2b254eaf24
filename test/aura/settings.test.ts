import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createAura } from "../../src/aura/aura.ts";
import { CREDENTIALS, fakeAura } from "./fake-aura.ts";

describe("createAura", () => {
  const incomplete: [unknown, string][] = [
    [undefined, "clientId"],
    [{}, "clientId"],
    [{ clientSecret: "s" }, "clientId"],
    [{ clientId: "i" }, "clientSecret"],
    [{ clientId: "i", clientSecret: "" }, "clientSecret"],
    [{ username: "u" }, "password"],
    [{ password: "p" }, "username"],
    [{ token: "" }, "clientId"],
  ];
  for (const [credentials, setting] of incomplete) {
    test(`createAura() misses ${setting} in ${JSON.stringify(credentials)}`, () => {
      assert.throws(() => createAura({ credentials: credentials as never }), {
        code: "CONFIG_INCOMPLETE",
        message: `Cannot use the Aura API: credentials.${setting} is missing`,
      });
    });
  }

  const invalid: [string, object][] = [
    ["credentials.clientId", { credentials: { clientId: 7, clientSecret: "s" } }],
    ["credentials.token", { credentials: { token: "a b" } }],
    ["credentials.token", { credentials: { token: 7 } }],
    ["baseUrl", { baseUrl: "api.neo4j.io" }],
    ["baseUrl", { baseUrl: "ftp://api.neo4j.io" }],
    ["baseUrl", { baseUrl: "http://api.neo4j.io" }],
    ["baseUrl", { baseUrl: "http://127.evil.example" }],
    ["baseUrl", { baseUrl: "http://localhost.evil.example" }],
    ["baseUrl", { baseUrl: "https://user:pass@api.neo4j.io" }],
    ["tokenUrl", { tokenUrl: "http://api.neo4j.io/oauth/token" }],
    ["tokenUrl", { tokenUrl: "/oauth/token" }],
    ["requestsPerMinute", { requestsPerMinute: 0 }],
    ["requestsPerMinute", { requestsPerMinute: Number.NaN }],
    ["timeoutMs", { timeoutMs: -1 }],
    ["deadlineMs", { deadlineMs: Infinity }],
  ];
  for (const [setting, options] of invalid) {
    test(`createAura() names ${setting} in ${Object.values(options).map((one) => JSON.stringify(one)).join()}`, () => {
      assert.throws(
        () => createAura({ credentials: CREDENTIALS, ...options } as never),
        (error: Error) => {
          assert.equal((error as { code?: string }).code, "CONFIG_INVALID");
          assert.ok(
            error.message.startsWith(`Cannot use the Aura API: ${setting} `),
            error.message,
          );
          return true;
        },
      );
    });
  }

  test("createAura() takes plain http to loopback, and drops the path of baseUrl", async () => {
    for (const host of ["localhost:4010", "127.0.0.1:4010", "[::1]:4010", "aura.localhost"]) {
      const fake = fakeAura({ api: () => Response.json({ data: [] }) });
      const baseUrl = `http://${host}/v1/`;
      await createAura({ credentials: CREDENTIALS, baseUrl, fetch: fake.fetch }).projects.list();
      assert.equal(fake.signIns[0]?.url, `http://${host}/oauth/token`);
      assert.equal(fake.calls[0]?.url, `http://${host}/v1/tenants`);
    }
  });

  test("createAura() signs in at tokenUrl", async () => {
    const fake = fakeAura({ api: () => Response.json({ data: [] }) });
    const tokenUrl = "https://sso.example/oauth/token";
    await createAura({ credentials: CREDENTIALS, tokenUrl, fetch: fake.fetch }).projects.list();
    assert.equal(fake.signIns[0]?.url, tokenUrl);
    assert.equal(fake.calls[0]?.url, "https://api.neo4j.io/v1/tenants");
  });
});
