import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { describe, test } from "node:test";
import { createAura } from "../../src/aura/aura.ts";
import type { SleepOptions } from "../../src/clock.ts";
import { manualClock } from "../helpers/manual-clock.ts";
import { CREDENTIALS, fakeAura, instance, issue, refusal, silence } from "./fake-aura.ts";

function client(options: Parameters<typeof fakeAura>[0] = {}) {
  const fake = fakeAura(options);
  const clock = manualClock();
  const aura = createAura({ credentials: CREDENTIALS, fetch: fake.fetch, clock });
  return { aura, fake, clock, get: () => aura.instances.get("a1b2c3d4") };
}

function bearers(fake: ReturnType<typeof fakeAura>): (string | null)[] {
  return fake.calls.map((seen) => seen.headers.get("authorization"));
}

/** A promise with its handles outside. */
function gate<T>() {
  let open!: (value: T) => void;
  const promise = new Promise<T>((resolve) => open = resolve);
  return { promise, open };
}

describe("token", () => {
  test("get() signs in with Basic and a form, and keeps the token", async () => {
    const { fake, get } = client();
    await get();
    await get();
    assert.equal(fake.signIns.length, 1);
    const [seen] = fake.signIns;
    assert.equal(seen?.url, "https://api.neo4j.io/oauth/token");
    assert.equal(seen?.method, "POST");
    assert.equal(seen?.headers.get("authorization"), "Basic dGhlLWlkOnRoZS1zZWNyZXQ=");
    assert.match(seen?.headers.get("content-type") ?? "", /^application\/x-www-form-urlencoded/);
    assert.equal(seen?.body, "grant_type=client_credentials");
    assert.deepEqual(bearers(fake), ["Bearer token-1", "Bearer token-1"]);
  });

  test("get() encodes secrets outside Latin-1 as UTF-8", async () => {
    const fake = fakeAura();
    const credentials = { username: "jürgen", password: "pä€" };
    await createAura({ credentials, fetch: fake.fetch }).instances.get("a1b2c3d4");
    const header = fake.signIns[0]?.headers.get("authorization") ?? "";
    assert.equal(Buffer.from(header.slice(6), "base64").toString("utf8"), "jürgen:pä€");
  });

  test("get() fetches once for fifty callers", async () => {
    const door = gate<Response>();
    const { fake, clock, get } = client({ token: () => door.promise });
    const all = Promise.all(Array.from({ length: 50 }, get));
    await clock.advance(200);
    assert.equal(fake.signIns.length, 1);
    door.open(issue("token-1"));
    await clock.advance(100);
    assert.equal((await all).length, 50);
    assert.equal(fake.signIns.length, 1);
    assert.equal(fake.calls.length, 50);
    assert.equal(clock.pending, 0);
  });

  test("get() takes over when the leader's request died", async () => {
    const dead = gate<Response>();
    const fake = fakeAura({
      token: (_seen, count) => count === 1 ? dead.promise : issue(`token-${count}`),
    });
    const inner = manualClock();
    let leaderIsDead = true;
    // The timers of a request that died never fire.
    const clock = {
      now: () => inner.now(),
      sleep: (ms: number, options?: SleepOptions) =>
        leaderIsDead ? new Promise<void>(() => {}) : inner.sleep(ms, options),
    };
    const aura = createAura({ credentials: CREDENTIALS, fetch: fake.fetch, clock });
    const leader = aura.instances.get("a1b2c3d4");
    await inner.advance(0);
    leaderIsDead = false;
    const followers = Promise.all(Array.from({ length: 3 }, () => aura.instances.get("a1b2c3d4")));
    await inner.advance(2_900);
    assert.equal(fake.signIns.length, 1);
    await inner.advance(200);
    await followers;
    assert.equal(fake.signIns.length, 2);
    assert.deepEqual(bearers(fake), Array(3).fill("Bearer token-2"));
    // Should the old leader come back after all, it uses what its successor got, and does not undo it.
    dead.open(refusal(401));
    await leader;
    await aura.instances.get("a1b2c3d4");
    assert.equal(fake.signIns.length, 2);
    assert.deepEqual(bearers(fake), Array(5).fill("Bearer token-2"));
    assert.equal(inner.pending, 0);
  });

  test("get() gives followers the leader's failure promptly", async () => {
    const door = gate<Response>();
    const { fake, clock, get } = client({ token: () => door.promise });
    const all = Promise.allSettled(Array.from({ length: 20 }, get));
    await clock.advance(200);
    door.open(refusal(401, "invalid client credentials", "invalid_client"));
    await clock.advance(100);
    const outcomes = await all;
    assert.equal(fake.signIns.length, 1);
    for (const outcome of outcomes) {
      assert.equal(outcome.status, "rejected");
      assert.equal((outcome as PromiseRejectedResult).reason.signIn, true);
      assert.equal((outcome as PromiseRejectedResult).reason.status, 401);
    }
    // A failure is told to those who waited, and not kept.
    await assert.rejects(get(), { status: 401 });
    assert.equal(fake.signIns.length, 2);
    assert.equal(clock.pending, 0);
  });

  test("get() retries the sign-in for all, and its waiting does not look dead", async () => {
    const { fake, clock, get } = client({
      token: (_seen, count) =>
        count === 1 ? refusal(503, "busy", "", { "retry-after": "20" }) : issue("ok"),
    });
    const all = Promise.all([get(), get()]);
    await clock.advance(19_900);
    assert.equal(fake.signIns.length, 1);
    await clock.advance(200);
    await all;
    assert.equal(fake.signIns.length, 2);
  });

  test("get() lets a follower take over when the leader's caller leaves", async () => {
    const { aura, fake, clock, get } = client({
      token: (seen, count) => count === 1 ? silence(seen.signal) : issue("token-2"),
    });
    const leaving = new AbortController();
    const leader = aura.instances.get("a1b2c3d4", { signal: leaving.signal });
    const left = assert.rejects(leader, /gone/);
    await clock.advance(10);
    const follower = get();
    await clock.advance(10);
    leaving.abort(new Error("gone"));
    await left;
    await clock.advance(100);
    await follower;
    assert.equal(fake.signIns.length, 2);
    assert.equal(clock.pending, 0);
  });

  test("get() renews an hour's token five minutes early", async () => {
    const { fake, clock, get } = client();
    await get();
    await clock.advance(54 * 60_000 + 59_000);
    await get();
    assert.equal(fake.signIns.length, 1);
    await clock.advance(1_000);
    await get();
    assert.equal(fake.signIns.length, 2);
  });

  test("get() renews a short token at half its life", async () => {
    const { fake, clock, get } = client({ token: (_seen, count) => issue(`token-${count}`, 60) });
    await get();
    await clock.advance(29_999);
    await get();
    assert.equal(fake.signIns.length, 1);
    await clock.advance(1);
    await get();
    assert.deepEqual(bearers(fake).at(-1), "Bearer token-2");
  });

  test("get() does not wait while another renews a token that still works", async () => {
    const door = gate<Response>();
    const { fake, clock, get } = client({
      token: (_seen, count) => count === 1 ? issue("token-1") : door.promise,
    });
    await get();
    await clock.advance(56 * 60_000);
    const renewing = get();
    await clock.advance(0);
    await get();
    assert.deepEqual(bearers(fake), ["Bearer token-1", "Bearer token-1"]);
    door.open(issue("token-2"));
    await renewing;
    assert.deepEqual(bearers(fake).at(-1), "Bearer token-2");
  });

  test("get() keeps the old token while it works and renewing fails", async () => {
    const { fake, clock, get } = client({
      token: (_seen, count) => count === 1 ? issue("token-1") : refusal(503),
    });
    await get();
    await clock.advance(56 * 60_000);
    await get();
    await get();
    assert.equal(fake.signIns.length, 2, "one try to renew, then patience");
    await clock.advance(30_000);
    await get();
    assert.equal(fake.signIns.length, 3);
    assert.deepEqual(bearers(fake), Array(4).fill("Bearer token-1"));
    await clock.advance(4 * 60_000);
    await assert.rejects(clock.until(get()), { status: 503, signIn: true });
  });

  for (const status of [401, 403]) {
    test(`get() asks for a new token once after ${status}`, async () => {
      const { fake, clock, get } = client({
        api: (seen) =>
          seen.headers.get("authorization") === "Bearer token-1"
            ? refusal(status)
            : instance("paused"),
      });
      const both = await clock.until(Promise.all([get(), get()]));
      assert.equal(both[0].status, "paused");
      assert.equal(fake.signIns.length, 2, "two refused calls, one new token");
    });

    test(`get() fails when a new token meets ${status} again`, async () => {
      const { fake, get } = client({
        api: () => refusal(status, "Insufficient permissions", "unauthorized"),
      });
      await assert.rejects(get(), {
        code: "AURA_API",
        status,
        reason: "unauthorized",
        signIn: false,
      });
      assert.equal(fake.signIns.length, 2);
      assert.equal(fake.calls.length, 2);
    });
  }

  test("get() learns late of a refused token and does not ask for a third", async () => {
    const door = gate<Response>();
    const { fake, clock, get } = client({
      api: (seen, count) => {
        if (count === 1) return door.promise;
        return seen.headers.get("authorization") === "Bearer token-1"
          ? refusal(401)
          : instance("paused");
      },
    });
    const slow = get();
    await clock.advance(0);
    await get();
    door.open(refusal(401));
    await slow;
    assert.equal(fake.signIns.length, 2);
  });

  test("get() sends a ready token, and fails at once when it is refused", async () => {
    const fake = fakeAura({ api: () => refusal(401) });
    const aura = createAura({ credentials: { token: " ready \n" }, fetch: fake.fetch });
    await assert.rejects(aura.projects.list(), { status: 401 });
    assert.deepEqual(bearers(fake), ["Bearer ready"]);
    assert.equal(fake.signIns.length, 0);
  });

  test("get() asks a token function again after 401", async () => {
    let asked = 0;
    const fake = fakeAura({
      api: (_seen, count) => count === 1 ? refusal(401) : instance("paused"),
    });
    const aura = createAura({
      credentials: { token: () => `given-${++asked}` },
      fetch: fake.fetch,
    });
    await aura.instances.get("a1b2c3d4");
    assert.deepEqual(bearers(fake), ["Bearer given-1", "Bearer given-2"]);
  });

  test("get() passes on what a token function throws", async () => {
    const lost = new Error("vault is sealed");
    const fake = fakeAura();
    const token = () => Promise.reject(lost);
    const aura = createAura({ credentials: { token }, fetch: fake.fetch });
    await assert.rejects(aura.projects.list(), (error) => error === lost);
    assert.equal(fake.calls.length, 0);
  });

  const unusable: [string, () => Response][] = [
    ["HTML", () => new Response("<html>hello</html>")],
    ["no token", () => Response.json({ token_type: "bearer" })],
    ["a token with a line break", () => issue("to\nken")],
  ];
  for (const [what, answer] of unusable) {
    test(`get() refuses a sign-in answered with ${what}`, async () => {
      const { get } = client({ token: answer });
      await assert.rejects(get(), {
        code: "AURA_API",
        status: 200,
        signIn: true,
        message:
          "Cannot sign in to Aura: the answer has no token (200), POST https://api.neo4j.io/oauth/token",
      });
    });
  }
});
