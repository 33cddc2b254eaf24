import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { describe, test } from "node:test";
import { createWaker, webhook } from "../../mod.ts";
import { manualClock } from "../helpers/manual-clock.ts";
import { ApiAnswer, nameGone, sleepyInstance } from "./sleepy-instance.ts";

interface Delivery {
  readonly body: Record<string, unknown>;
  readonly text: string;
  readonly signature: string | null;
}

function receiver(statuses: number[] = []) {
  const deliveries: Delivery[] = [];
  return {
    deliveries,
    fetch: async (request: Request): Promise<Response> => {
      const text = await request.text();
      const signature = request.headers.get("aura-wake-signature");
      deliveries.push({ body: JSON.parse(text), text, signature });
      return new Response(null, { status: statuses.shift() ?? 200 });
    },
  };
}

describe("webhook()", () => {
  test("webhook() tells of a pause that was found, once, and signs what it says", async () => {
    const clock = manualClock();
    const db = sleepyInstance(clock);
    const { deliveries, fetch } = receiver();
    const onEvent = webhook({ url: "https://hooks.example/x", secret: "s3cret", fetch, clock });
    const waker = createWaker({
      aura: db,
      instanceId: "a1b2c3d4",
      probe: db.probe,
      clock,
      onEvent,
    });
    await clock.until(waker.run(() => {
      if (!db.serves) throw nameGone();
    }));
    await clock.advance(1_000);
    assert.equal(deliveries.length, 1);
    const { body, text, signature } = deliveries[0]!;
    assert.equal(body["occasion"], "pause-found");
    assert.equal(body["instanceId"], "a1b2c3d4");
    assert.equal(body["text"], "Aura instance a1b2c3d4 was paused; it is being resumed");
    assert.equal(
      signature,
      `sha256=${createHmac("sha256", "s3cret").update(text).digest("hex")}`,
    );
  });

  test("webhook() tells of a wake that is stuck, and of its good end", async () => {
    const clock = manualClock();
    const db = sleepyInstance(clock, "resuming");
    const { deliveries, fetch } = receiver();
    const onEvent = webhook({ url: "https://hooks.example/x", stuckAfterMs: 60_000, fetch, clock });
    const waker = createWaker({ aura: db, instanceId: "i", probe: db.probe, clock, onEvent });
    const running = waker.run(() => {
      if (!db.serves) throw nameGone();
    });
    await clock.advance(150_000);
    assert.deepEqual(deliveries.map(({ body }) => body["occasion"]), ["wake-stuck"]);
    db.serves = true;
    await clock.until(running);
    await clock.advance(1_000);
    assert.deepEqual(deliveries.map(({ body }) => body["occasion"]), ["wake-stuck", "awake-again"]);
  });

  test("webhook() tells why a wake failed, and tries three times", async () => {
    const clock = manualClock();
    const db = sleepyInstance(clock);
    db.onGet = () => {
      throw new ApiAnswer(403);
    };
    const { deliveries, fetch } = receiver([500, 500, 500]);
    const failures: unknown[] = [];
    const onEvent = webhook({
      url: "https://hooks.example/x",
      fetch,
      clock,
      onError: (error) => failures.push(error),
    });
    const waker = createWaker({ aura: db, instanceId: "i", clock, onEvent });
    await clock.until(waker.run(() => Promise.reject(nameGone())).catch(() => {}));
    await clock.advance(60_000);
    assert.equal(deliveries.length, 3);
    assert.equal(deliveries[0]?.body["code"], "AURA_CREDENTIALS");
    assert.match(String(failures[0]), /Cannot deliver the webhook: it answered 500$/);
    assert.equal(clock.pending, 0);
  });

  test("webhook() keeps instances apart", async () => {
    const { deliveries, fetch } = receiver();
    const onEvent = webhook({ url: "https://hooks.example/x", fetch });
    const event = { type: "resume-requested", call: 1, accepted: true, at: 0 } as const;
    for (const instanceId of ["a", "b", "a"]) onEvent({ ...event, instanceId });
    await new Promise((resolve) => setTimeout(resolve, 0));
    assert.deepEqual(deliveries.map(({ body }) => body["instanceId"]), ["a", "b"]);
  });

  test("webhook() refuses an address that is not https", () => {
    for (const url of ["not a url", "http://hooks.example/x", ""]) {
      assert.throws(() => webhook({ url }), { code: "CONFIG_INVALID" });
    }
    webhook({ url: "http://127.0.0.1:1/x" });
  });
});
