import assert from "node:assert/strict";
import { test } from "node:test";
import { Door } from "../../src/emulator/door.ts";

test("Door.reserve() gives no number out twice, though nobody listens on the first", async () => {
  const { random } = Math;
  const picks = [0.123456, 0.123456, 0.123456, 0.654321];
  Math.random = () => picks.shift() ?? random();
  try {
    const options = { hostname: "127.0.0.1", port: 0, listen: () => Promise.reject(new Error()) };
    const doors = [await Door.reserve(options), await Door.reserve(options)];
    assert.notEqual(doors[0]?.port, doors[1]?.port);
  } finally {
    Math.random = random;
  }
});
