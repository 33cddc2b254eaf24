import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { canonicalJson } from "../../../mcp/consent/canonical-json.ts";
import { type Bound, createSealer } from "../../../mcp/consent/sealed-token.ts";
import { manualClock } from "../../helpers/manual-clock.ts";

const BOUND: Bound = {
  tool: "delete_instance",
  args: { instance: "orders", options: { a: 1, b: [1, { c: 2, d: 3 }] } },
  caller: "local",
  observed: { id: "a1b2c3d4", status: "running" },
};

describe("canonicalJson()", () => {
  test("is the same whatever the order of keys, and only then", () => {
    assert.equal(canonicalJson({ b: [{ d: 1, c: 2 }], a: null }), '{"a":null,"b":[{"c":2,"d":1}]}');
    assert.equal(canonicalJson({ a: 1, b: undefined }), canonicalJson({ a: 1 }));
    assert.notEqual(canonicalJson([1, 2]), canonicalJson([2, 1]));
    assert.notEqual(canonicalJson({ a: "1" }), canonicalJson({ a: 1 }));
    assert.equal(canonicalJson(undefined), "null");
  });
});

describe("createSealer()", () => {
  test("makes a token that is good for its call, once", async () => {
    const sealer = createSealer({ clock: manualClock() });
    const token = await sealer.mint(BOUND);
    assert.match(token, /^[\w-]{67}$/);
    assert.equal(await sealer.redeem(token, BOUND), "ok");
    assert.equal(await sealer.redeem(token, BOUND), "used");
  });

  test("takes the same arguments in another order, and does not look at the token itself", async () => {
    const sealer = createSealer({ clock: manualClock() });
    const token = await sealer.mint(BOUND);
    const args = {
      confirm_token: token,
      options: { b: [1, { d: 3, c: 2 }], a: 1 },
      instance: "orders",
    };
    assert.equal(await sealer.redeem(token, { ...BOUND, args }), "ok");
  });

  const others: readonly (readonly [string, Partial<Bound>])[] = [
    ["another tool", { tool: "pause_instance" }],
    ["other arguments", { args: { instance: "stock" } }],
    ["one argument more", { args: { ...BOUND.args, force: true } }],
    ["another caller", { caller: "somebody else" }],
  ];
  for (const [what, other] of others) {
    test(`says "other-call" for ${what}, and the token stays good for its own`, async () => {
      const sealer = createSealer({ clock: manualClock() });
      const token = await sealer.mint(BOUND);
      assert.equal(await sealer.redeem(token, { ...BOUND, ...other }), "other-call");
      assert.equal(await sealer.redeem(token, BOUND), "ok");
    });
  }

  test('says "changed" when what was seen is not as it was', async () => {
    const sealer = createSealer({ clock: manualClock() });
    const token = await sealer.mint(BOUND);
    const observed = { id: "a1b2c3d4", status: "paused" };
    assert.equal(await sealer.redeem(token, { ...BOUND, observed }), "changed");
  });

  test('says "expired" after two minutes, unless told otherwise', async () => {
    const clock = manualClock();
    const sealer = createSealer({ clock });
    assert.equal(sealer.lifetimeMs, 120_000);
    const [early, late] = [await sealer.mint(BOUND), await sealer.mint(BOUND)];
    await clock.advance(119_999);
    assert.equal(await sealer.redeem(early, BOUND), "ok");
    await clock.advance(1);
    assert.equal(await sealer.redeem(late, BOUND), "expired");
    const short = createSealer({ clock, lifetimeMs: 1_000 });
    const token = await short.mint(BOUND);
    await clock.advance(1_000);
    assert.equal(await short.redeem(token, BOUND), "expired");
  });

  for (const token of ["", "garbage", "a.b.c", "é", "A".repeat(66), "A".repeat(5_000)]) {
    test(`says "malformed" for ${JSON.stringify(token.slice(0, 12))}`, async () => {
      const sealer = createSealer({ clock: manualClock() });
      assert.equal(await sealer.redeem(token, BOUND), "malformed");
    });
  }

  test("takes no token that was tampered with, wherever", async () => {
    const sealer = createSealer({ clock: manualClock() });
    const token = await sealer.mint(BOUND);
    // The last character holds bits that mean nothing.
    for (let at = 0; at < token.length - 1; at++) {
      const other = token[at] === "A" ? "B" : "A";
      const forged = token.slice(0, at) + other + token.slice(at + 1);
      assert.notEqual(await sealer.redeem(forged, BOUND), "ok", `changed at ${at}`);
    }
    assert.equal(await sealer.redeem(token, BOUND), "ok");
  });

  test("takes no token of another process", async () => {
    const clock = manualClock();
    const token = await createSealer({ clock }).mint(BOUND);
    assert.equal(await createSealer({ clock }).redeem(token, BOUND), "other-call");
  });

  test("lets one of two calls at the same time through", async () => {
    const sealer = createSealer({ clock: manualClock() });
    const token = await sealer.mint(BOUND);
    const both = await Promise.all([sealer.redeem(token, BOUND), sealer.redeem(token, BOUND)]);
    assert.deepEqual(both.sort(), ["ok", "used"]);
  });

  test("asks for no random number before the first token, and makes no two alike", async () => {
    const sizes: number[] = [];
    const random = (size: number): Uint8Array<ArrayBuffer> => {
      sizes.push(size);
      return crypto.getRandomValues(new Uint8Array(size));
    };
    const sealer = createSealer({ clock: manualClock(), random });
    assert.deepEqual(sizes, []);
    assert.notEqual(await sealer.mint(BOUND), await sealer.mint(BOUND));
    assert.deepEqual(sizes.filter((size) => size === 32), [32]);
  });

  test("remembers so many used tokens at most, and makes none good again for that", async () => {
    const clock = manualClock();
    const sealer = createSealer({ clock, maxUsed: 3 });
    const tokens: string[] = [];
    for (let count = 0; count < 4; count++) {
      const token = await sealer.mint(BOUND);
      tokens.push(token);
      assert.equal(await sealer.redeem(token, BOUND), "ok");
      await clock.advance(10);
    }
    for (const token of tokens) assert.notEqual(await sealer.redeem(token, BOUND), "ok");
    assert.equal(await sealer.redeem(await sealer.mint(BOUND), BOUND), "ok");
  });
});
