import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import process from "node:process";
import { test } from "node:test";

/** Runs a script under the runtime that runs this test. */
function runScript(path: string): Promise<{ readonly code: number | null; readonly said: string }> {
  const flags = "Deno" in globalThis ? ["run", "-A", "--no-check"] : [];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...flags, path], {
      env: { ...process.env, NO_COLOR: "1" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let said = "";
    child.stdout.on("data", (chunk) => said += chunk);
    child.stderr.on("data", (chunk) => said += chunk);
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, said }));
  });
}

test(
  "the demo serves everyone after one resume call, and says so",
  { timeout: 60_000 },
  async () => {
    const { code, said } = await runScript("examples/demo.ts");
    assert.equal(code, 0, said);
    for (
      const line of [
        /paused\? +a query failed/,
        /confirmed +Aura says: paused/,
        /resume +asked for, call 1/,
        /ready +a query answers after [56]\.\d s/,
        /served +50 of 50 GET, 1 of 1 POST/,
        /Aura API +1 resume call, [1-5] status reads?/,
        /waiting +until a query answers \(status: resuming\)/,
        /replayed +51 in all/,
        /database +holds what was posted once/,
      ]
    ) assert.match(said, line);
  },
);
