import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createAura } from "../../mod.ts";
import { startEmulator } from "../../src/emulator/mod.ts";
import { mayHaveArrived } from "../../src/wake/may-have-arrived.ts";

const POST = "POST /v1/instances/:id/resume";

/** What a call fails with. */
async function failureOf(call: () => Promise<unknown>): Promise<unknown> {
  try {
    await call();
  } catch (error) {
    return error;
  }
  throw new Error("it did not fail");
}

describe("mayHaveArrived()", () => {
  test("mayHaveArrived() is false only where the API said no, or nothing reached it", async () => {
    await using emulator = await startEmulator({ instances: [{ status: "paused" }] });
    const { AURA_BASE_URL: baseUrl = "", AURA_INSTANCEID: id = "" } = emulator.env();
    const credentials = { clientId: "local-aura-client", clientSecret: "local-aura-secret" };
    const aura = createAura({ credentials, baseUrl, timeoutMs: 300, deadlineMs: 600 });
    const cases = [
      [{ status: 400 }, false],
      [{ status: 404 }, false],
      [{ status: 409 }, false],
      [{ status: 408 }, true],
      [{ status: 500 }, true],
      [{ status: 503 }, true],
      [{ html: true }, true],
      [{ reset: true }, true],
      [{ silent: true }, true],
      [{ cutBody: true }, true],
    ] as const;
    for (const [fault, expected] of cases) {
      emulator.fault(POST, fault);
      const error = await failureOf(() => aura.instances.resume(id));
      assert.equal(mayHaveArrived(error), expected, JSON.stringify(fault));
      await emulator.pause();
    }
    const wrong = createAura({ credentials: { ...credentials, clientSecret: "wrong" }, baseUrl });
    assert.equal(mayHaveArrived(await failureOf(() => wrong.instances.resume(id))), false);
    emulator.revokeTokens();
    emulator.fault("POST /oauth/token", { status: 503 }, 20);
    assert.equal(mayHaveArrived(await failureOf(() => aura.instances.resume(id))), false);
  });

  test("mayHaveArrived() is false when nobody listens there, and for what was wrong before", async () => {
    const credentials = { token: "a-token-that-nobody-asks-for" };
    const emulator = await startEmulator();
    const aura = createAura({ credentials, baseUrl: emulator.url });
    await emulator.close();
    const refused = await failureOf(() => aura.instances.resume("a1b2c3d4"));
    assert.equal((refused as { code: string }).code, "AURA_UNREACHABLE");
    assert.equal(mayHaveArrived(refused), false);
    const invalid = await failureOf(() => aura.instances.resume("../tenants"));
    assert.equal(mayHaveArrived(invalid), false);
  });

  test("mayHaveArrived() is true for an abort and for anything unknown", () => {
    for (const error of [new DOMException("left", "AbortError"), new Error("?"), undefined, "x"]) {
      assert.equal(mayHaveArrived(error), true);
    }
  });
});
