import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { startEmulator } from "../../../src/emulator/mod.ts";
import { connectTo } from "../connect.ts";

describe("an error that is cut", () => {
  test("has no part of a secret at its end", async () => {
    await using aura = await startEmulator({ requestsPerMinute: false });
    const { AURA_CLIENT_SECRET: secret = "" } = aura.env();
    const { failure, close } = await connectTo(aura);
    for (let before = 260; before < 300; before += 4) {
      aura.fault("GET /v1/instances", {
        status: 400,
        body: { errors: [{ message: `${"x".repeat(before)}${secret}` }] },
      }, 1);
      const told = await failure("list_instances");
      assert.ok(!told.includes(secret.slice(0, 4)), told);
    }
    await close();
  });
});
