import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, test } from "node:test";
import type { Mode } from "../../../mcp/mode.ts";
import { changesOf, guardFetch, recordChanges } from "../../../mcp/output/guarded-fetch.ts";
import { type Aura, createAura } from "../../../src/aura/aura.ts";
import { mayHaveArrived } from "../../../src/wake/may-have-arrived.ts";

const ID = "a1b2c3d4";
const PROJECT = { organizationId: "o1", projectId: "p1" };
const INSTANCE = {
  name: "orders",
  version: "5",
  region: "europe-west1",
  memory: "1GB",
  type: "free-db",
  tenant_id: "p1",
  cloud_provider: "gcp",
} as const;

/** Every call that the client has, and the least mode that may send it. */
const CALLS: readonly (readonly [Mode, string, (aura: Aura) => Promise<unknown>])[] = [
  ["read", "GET /v1/instances", (aura) => aura.instances.list()],
  ["read", `GET /v1/instances/${ID}`, (aura) => aura.instances.get(ID)],
  ["read", "POST /v1/instances/sizing", (aura) => aura.instances.sizing({} as never)],
  ["wake", `POST /v1/instances/${ID}/resume`, (aura) => aura.instances.resume(ID)],
  ["write", "POST /v1/instances", (aura) => aura.instances.create(INSTANCE as never)],
  ["write", `PATCH /v1/instances/${ID}`, (aura) => aura.instances.update(ID, { name: "x" })],
  ["destructive", `DELETE /v1/instances/${ID}`, (aura) => aura.instances.delete(ID)],
  ["destructive", `POST /v1/instances/${ID}/pause`, (aura) => aura.instances.pause(ID)],
  [
    "destructive",
    `POST /v1/instances/${ID}/overwrite`,
    (aura) => aura.instances.overwrite(ID, { source_instance_id: "b" } as never),
  ],
  ["destructive", `POST /v1/instances/${ID}/upgrade`, (aura) => aura.instances.upgrade(ID)],
  ["write", `POST /v1/instances/${ID}/snapshots`, (aura) => aura.snapshots.create(ID)],
  [
    "destructive",
    `POST /v1/instances/${ID}/snapshots/s1/restore`,
    (aura) => aura.snapshots.restore(ID, "s1"),
  ],
  [
    "write",
    "POST /v2beta1/organizations/o1/projects/p1/import/jobs",
    (aura) => aura.importJobs.create(PROJECT, {} as never),
  ],
  [
    "write",
    "POST /v2beta1/organizations/o1/projects/p1/import/jobs/j1/cancellation",
    (aura) => aura.importJobs.cancel(PROJECT, "j1"),
  ],
  [
    "write",
    `POST /v1beta5/instances/${ID}/data-apis/graphql`,
    (aura) => aura.dataApis.create(ID, { name: "x" } as never),
  ],
  [
    "write",
    `PATCH /v1beta5/instances/${ID}/data-apis/graphql/d1`,
    (aura) => aura.dataApis.update(ID, "d1", { name: "x" }),
  ],
  [
    "destructive",
    `DELETE /v1beta5/instances/${ID}/data-apis/graphql/d1`,
    (aura) => aura.dataApis.delete(ID, "d1"),
  ],
  [
    "destructive",
    `POST /v1beta5/instances/${ID}/data-apis/graphql/d1/pause`,
    (aura) => aura.dataApis.pause(ID, "d1"),
  ],
  [
    "write",
    `POST /v1beta5/instances/${ID}/data-apis/graphql/d1/resume`,
    (aura) => aura.dataApis.resume(ID, "d1"),
  ],
  [
    "write",
    `POST /v1beta5/instances/${ID}/data-apis/graphql/d1/auth-providers`,
    (aura) => aura.dataApis.authProviders.create(ID, "d1", {} as never),
  ],
  [
    "destructive",
    `DELETE /v1beta5/instances/${ID}/data-apis/graphql/d1/auth-providers/k1`,
    (aura) => aura.dataApis.authProviders.delete(ID, "d1", "k1"),
  ],
];

const MODES: readonly Mode[] = ["read", "wake", "write", "destructive"];

interface Api extends AsyncDisposable {
  readonly url: string;
  /** What arrived, the token's requests aside. */
  readonly seen: string[];
}

/** Answers every call with this status; 0 cuts the connection. */
async function startApi(status: number = 200): Promise<Api> {
  const seen: string[] = [];
  const server: Server = createServer((request, response) => {
    const path = request.url?.split("?")[0] ?? "";
    request.resume().on("end", () => {
      if (path === "/oauth/token" || path === "/elsewhere/sign-in") {
        response.end(JSON.stringify({ access_token: "token-0123456789", expires_in: 3600 }));
        return;
      }
      seen.push(`${request.method} ${path}`);
      if (status === 0 && request.method !== "GET") {
        request.socket.destroy();
        return;
      }
      response.statusCode = request.method === "GET" ? 200 : status;
      if (status === 302) response.setHeader("location", "/v1/instances");
      response.end(JSON.stringify({ data: { id: ID, status: "running", info: {} } }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function connect({ url }: Api, mode: Mode, tokenUrl?: string): Aura {
  return createAura({
    credentials: { clientId: "client", clientSecret: "secret-0123456789" },
    baseUrl: url,
    tokenUrl,
    fetch: guardFetch(recordChanges((request) => fetch(request)), mode),
  });
}

describe("guardFetch()", () => {
  for (const mode of MODES) {
    test(`lets a server in mode ${mode} send what that allows, and nothing else`, async () => {
      await using api = await startApi();
      const aura = connect(api, mode);
      for (const [access, request, send] of CALLS) {
        api.seen.length = 0;
        const error = await send(aura).then(() => undefined, (error: unknown) => error);
        const isAllowed = MODES.indexOf(access) <= MODES.indexOf(mode);
        assert.equal(api.seen.includes(request), isAllowed, `${request}: ${String(error)}`);
        if (isAllowed) continue;
        assert.deepEqual(api.seen, []);
        const { cause } = error as Error;
        assert.equal((cause as { code?: string }).code, "MCP_READ_ONLY");
        assert.equal(mayHaveArrived(error), false, request);
      }
    });
  }

  test("says what it did not send, and why", async () => {
    const guarded = guardFetch(() => Promise.reject(new Error("sent")), "wake");
    await assert.rejects(
      guarded(new Request("https://api.neo4j.io/v1/instances/a/pause?x=1", { method: "POST" })),
      {
        name: "RequestRefused",
        code: "MCP_READ_ONLY",
        message:
          "Cannot send POST /v1/instances/a/pause: the mode of this server is: read-only, and may wake instances (--allow-wake)",
      },
    );
  });

  test("signs in wherever the token is", async () => {
    await using api = await startApi();
    await connect(api, "read", `${api.url}/elsewhere/sign-in`).instances.get(ID);
    assert.deepEqual(api.seen, [`GET /v1/instances/${ID}`]);
  });

  const tricks: readonly (readonly [string, string])[] = [
    ["POST", "/v1/instances/a/Pause"],
    ["POST", "/v1/instances/a/pause/"],
    ["POST", "/v1/instances/a//pause//"],
    ["POST", "/v1/instances/a/%70ause"],
    ["POST", "/v1/instances/a/pause;x=1"],
    ["POST", "/v1/instances/a/resume/../pause"],
    ["PUT", "/v1/instances/a/overwrite"],
    ["PATCH", "/v1/instances/a/snapshots/s/restore"],
    ["POST", "/v1/instances/%zz"],
    ["delete", "/v1/instances/a"],
  ];
  for (const [method, path] of tricks) {
    test(`is not deceived by ${method} ${path}`, async () => {
      let sent = 0;
      const guarded = guardFetch(() => Promise.resolve(new Response(String(++sent))), "write");
      const request = new Request(`https://api.neo4j.io${path}`, { method });
      await assert.rejects(guarded(request), { code: "MCP_READ_ONLY" });
      assert.equal(sent, 0);
    });
  }

  for (const path of ["/v1/instances/a/b/resume", "/v1/instances/a/resumes", "/v2/x/a/resume"]) {
    test(`takes POST ${path} for no waking`, async () => {
      const guarded = guardFetch(() => Promise.resolve(new Response()), "wake");
      const request = new Request(`https://api.neo4j.io${path}`, { method: "POST" });
      await assert.rejects(guarded(request), { code: "MCP_READ_ONLY" });
    });
  }
});

describe("guardFetch() in a call", () => {
  test("a caller that was narrowed can do no more than that, and one cannot be widened", async () => {
    const sent: string[] = [];
    const guarded = guardFetch(({ method, url }) => {
      sent.push(`${method} ${new URL(url).pathname}`);
      return Promise.resolve(new Response());
    }, "write");
    const create = () =>
      guarded(new Request("https://api.neo4j.io/v1/instances", { method: "POST" }));
    const remove = () =>
      guarded(new Request("https://api.neo4j.io/v1/instances/aaaa1111", { method: "DELETE" }));
    await assert.rejects(changesOf("read").run(create), { code: "MCP_READ_ONLY" });
    await assert.rejects(changesOf("destructive").run(remove), { code: "MCP_READ_ONLY" });
    assert.deepEqual(sent, []);
    await changesOf("write").run(create);
    assert.deepEqual(sent, ["POST /v1/instances"]);
  });
});

describe("changesOf()", () => {
  const cases: readonly (readonly [string, number, string])[] = [
    ["accepted", 202, "accepted"],
    ["refused", 409, "refused"],
    ["unanswered, after a proxy's 408,", 408, "unanswered"],
    ["unanswered, after a 503,", 503, "unanswered"],
    ["unanswered, after a redirect,", 302, "unanswered"],
    ["unanswered, when the connection was cut,", 0, "unanswered"],
  ];
  for (const [what, status, kind] of cases) {
    test(`tells what was ${what} and leaves reads out`, async () => {
      await using api = await startApi(status);
      const aura = connect(api, "destructive");
      const changes = changesOf();
      await changes.run(async () => {
        await aura.instances.get(ID);
        await aura.instances.pause(ID).catch(() => {});
      });
      const { accepted, refused, unanswered } = changes;
      const nothing = { accepted: [], refused: [], unanswered: [] };
      const change = [`POST /v1/instances/${ID}/pause`];
      assert.deepEqual({ accepted, refused, unanswered }, { ...nothing, [kind]: change });
    });
  }

  test("calls refused what never reached anybody", async () => {
    const api = await startApi();
    const aura = connect(api, "destructive");
    await aura.instances.get(ID);
    await api[Symbol.asyncDispose]();
    const changes = changesOf();
    await changes.run(async () => await aura.instances.pause(ID).catch(() => {}));
    assert.deepEqual(changes.refused, [`POST /v1/instances/${ID}/pause`]);
    assert.deepEqual(changes.unanswered, []);
  });

  test("has nothing of what the guard did not let through", async () => {
    await using api = await startApi();
    const aura = connect(api, "read");
    const changes = changesOf();
    await changes.run(async () => await aura.instances.pause(ID).catch(() => {}));
    const { accepted, refused, unanswered } = changes;
    assert.deepEqual([accepted, refused, unanswered], [[], [], []]);
  });

  test("keeps two calls at the same time apart", async () => {
    await using api = await startApi();
    const aura = connect(api, "destructive");
    const [one, two] = [changesOf(), changesOf()];
    await Promise.all([
      one.run(async () => await aura.instances.pause("one")),
      two.run(async () => await aura.instances.delete("two")),
    ]);
    assert.deepEqual(one.accepted, ["POST /v1/instances/one/pause"]);
    assert.deepEqual(two.accepted, ["DELETE /v1/instances/two"]);
  });

  test("tells what is still unanswered when it is asked", async () => {
    const { promise, resolve } = Promise.withResolvers<Response>();
    const send = recordChanges(() => promise);
    const changes = changesOf();
    const sent = changes.run(() => send(new Request("https://x.test/v1/a", { method: "DELETE" })));
    assert.deepEqual(changes.unanswered, ["DELETE /v1/a"]);
    resolve(new Response());
    await sent;
    assert.deepEqual(changes.unanswered, []);
    assert.deepEqual(changes.accepted, ["DELETE /v1/a"]);
  });

  test("does not count what was cancelled before it was sent", async () => {
    let sent = 0;
    const send = recordChanges(() => Promise.resolve(new Response(String(++sent))));
    const changes = changesOf();
    const signal = AbortSignal.abort(new DOMException("gone", "AbortError"));
    const request = new Request("https://x.test/v1/a", { method: "DELETE", signal });
    await assert.rejects(changes.run(() => send(request)), { name: "AbortError" });
    assert.equal(sent, 0);
    assert.deepEqual(changes.unanswered, []);
  });
});
