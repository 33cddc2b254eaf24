import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import process from "node:process";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { format, inspect, promisify } from "node:util";
import { Secret } from "../../mod.ts";

const CANARY = "canary-of-one-time";

describe("Secret", () => {
  test("reveal() gives the text", () => {
    assert.equal(new Secret(CANARY).reveal(), CANARY);
    assert.equal(new Secret("").reveal(), "");
  });

  test("Secret shows [secret] wherever it is turned into text", () => {
    const secret = new Secret(CANARY);
    assert.equal(String(secret), "[secret]");
    assert.equal(`${secret as unknown as string}`, "[secret]");
    assert.equal(JSON.stringify({ password: secret }), '{"password":"[secret]"}');
    assert.equal(inspect(secret), "[secret]");
    assert.equal(inspect({ password: secret }), "{ password: [secret] }");
    assert.equal(format("%s %o %O", secret, secret, secret), "[secret] [secret] [secret]");
  });

  test("Secret does not show to those who look inside", () => {
    const secret = new Secret(CANARY);
    const told = [
      inspect({ deep: [secret] }, { depth: 20, showHidden: true, customInspect: false }),
      JSON.stringify(Object.getOwnPropertyDescriptors(secret)),
      JSON.stringify(structuredClone(Object.assign({}, secret))),
      String(Reflect.ownKeys(secret)),
    ];
    for (const text of told) assert.ok(!text.includes(CANARY), text);
  });

  test("console.log() of this runtime shows [secret]", async () => {
    const entry = fileURLToPath(new URL("../../mod.ts", import.meta.url));
    const code = `import { Secret } from ${JSON.stringify(entry)};` +
      `const secret = new Secret(${JSON.stringify(CANARY)});` +
      `console.log(secret); console.log("%s", secret); console.log({ a: [secret] });`;
    const args = "Deno" in globalThis
      ? ["eval", "--no-check", "--ext=ts", code]
      : "Bun" in globalThis
      ? ["-e", code]
      : ["--input-type=module-typescript", "-e", code];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    const plain = stdout.replaceAll(/\s+/g, " ").trim();
    assert.ok(!plain.includes(CANARY), plain);
    assert.equal(plain.match(/\[secret\]/g)?.length, 3, plain);
  });
});
