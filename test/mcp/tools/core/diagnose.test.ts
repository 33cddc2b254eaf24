import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { Secret } from "../../../../src/secret.ts";
import { type Emulator, startEmulator } from "../../../../src/emulator/mod.ts";
import { connectTo } from "../../connect.ts";

describe("diagnose", () => {
  let aura: Emulator;
  before(async () => {
    aura = await startEmulator({
      requestsPerMinute: false,
      instances: [
        { id: "a1b2c3d4", name: "orders", password: "canary-password" },
        { id: "b2c3d4e5", name: "stock", status: "paused" },
      ],
    });
  });
  after(() => aura.close());

  test("diagnose() says that all is well, and nothing more", async () => {
    const { result, close } = await connectTo(aura);
    const { ok, verdict, checks } = await result("diagnose");
    assert.equal(ok, true, JSON.stringify(checks));
    assert.match(String(verdict), /^You can connect: a query answered in /);
    const troubles = (checks as { result: string }[]).filter(({ result }) => result !== "ok");
    assert.deepEqual(troubles, []);
    await close();
  });

  test("diagnose() lists every check in full, and shows no secret", async () => {
    const { result, close } = await connectTo(aura);
    const told = await result("diagnose", { instance: "orders", detail: "full" });
    const names = (told["checks"] as { name: string }[]).map(({ name }) => name);
    assert.deepEqual(names.slice(0, 7), [
      "credentials",
      "token",
      "instance",
      "status",
      "uri",
      "dns",
      "tcp",
    ]);
    assert.ok(names.includes("query"));
    assert.doesNotMatch(JSON.stringify(told), /canary|local-aura-secret/);
    await close();
  });

  test("diagnose() names the pause as the cause, with the tool that mends it", async () => {
    const { client, close } = await connectTo(aura);
    const told: string[] = [];
    const { structuredContent, isError } = await client.callTool(
      { name: "diagnose", arguments: { instance: "stock" } },
      undefined,
      { onprogress: ({ message = "" }) => void told.push(message) },
    );
    const { ok, verdict, checks, next_step } = structuredContent as Record<string, unknown>;
    assert.match(String(next_step), /^this server may not wake it/);
    assert.equal(isError, undefined);
    assert.equal(ok, false);
    assert.match(
      String(verdict),
      /^You cannot connect, because stock \(b2c3d4e5\) is paused.*next: resume_instance .* b2c3d4e5/,
    );
    assert.ok((checks as { result: string }[]).some(({ result }) => result === "trouble"));
    assert.match(String(told[0]), /^Checking /);
    assert.equal(aura.status("b2c3d4e5"), "paused");
    await close();
  });

  test("diagnose() signs in by a named login, and says when there is none of that name", async () => {
    const { result, failure, close } = await connectTo(aura, {
      databases: (name) =>
        name === "wrong"
          ? {
            name,
            username: "neo4j",
            password: new Secret("canary-wrong"),
            uri: aura.env()["NEO4J_URI"],
            instanceId: "a1b2c3d4",
            database: undefined,
            source: "a test",
            warnings: [],
          }
          : undefined,
    });
    const { verdict } = await result("diagnose", { instance: "orders", credential: "wrong" });
    assert.match(String(verdict), /does not accept user name and password/);
    assert.match(
      await failure("diagnose", { instance: "orders", credential: "nobody" }),
      /^Cannot use the database credentials "nobody"/,
    );
    await close();
  });

  test("diagnose() looks at no instance outside the project that the server is narrowed to", async () => {
    await using two = await startEmulator({
      requestsPerMinute: false,
      tenants: [
        { id: "11111111-2222-4333-8444-555555555555", name: "Production" },
        { id: "22222222-2222-4333-8444-555555555555", name: "Staging" },
      ],
      instances: [{ id: "a1b2c3d4", name: "orders" }],
    });
    const { failure, close } = await connectTo(two, { project: "Staging" });
    assert.match(
      await failure("diagnose", { instance: "orders" }),
      /^Cannot find instance "orders": it is not in project "Staging"/,
    );
    await close();
  });
});
