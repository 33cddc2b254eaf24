import assert from "node:assert/strict";
import { test } from "node:test";
import { startEmulator } from "../../../src/emulator/mod.ts";
import { connectTo } from "../connect.ts";

test("completion/complete knows no argument that only every object has", async () => {
  await using aura = await startEmulator({ requestsPerMinute: false });
  const { client, close } = await connectTo(aura, { mode: "wake" });
  for (const name of ["constructor", "toString", "__proto__", "valueOf"]) {
    for (
      const ref of [
        { type: "ref/resource" as const, uri: "aura://instances/{id}" },
        { type: "ref/prompt" as const, name: "wake-and-check" },
      ]
    ) {
      const { completion } = await client.complete({ ref, argument: { name, value: "" } });
      assert.deepEqual(completion.values, [], name);
    }
  }
  await close();
});
