import assert from "node:assert/strict";
import { after, afterEach, before, describe, test } from "node:test";
import { type Emulator, startEmulator } from "../../../src/emulator/mod.ts";
import { VERSION } from "../../../src/version.ts";
import { type Connected, type ConnectOptions, connectTo } from "../connect.ts";
import { readJson, readText } from "./read.ts";

const ENV = {
  AURA_CLIENT_ID: "canary-client-id",
  AURA_CLIENT_SECRET: "canary-client-secret",
  NEO4J_URI: "neo4j+s://a1b2c3d4.databases.neo4j.io",
  NEO4J_USERNAME: "canary-user",
  NEO4J_PASSWORD: "canary-password",
  AURA_BASE_URL: "https://who:canary-in-url@aura.example.com",
};

function surroundings(
  env: Readonly<Record<string, string>>,
): NonNullable<ConnectOptions["surroundings"]> {
  return { env: (name) => env[name], home: "/people/ada", platform: "linux", cwd: "/nowhere" };
}

describe("aura://config", () => {
  let aura: Emulator;
  const open: Connected[] = [];

  before(async () => {
    aura = await startEmulator();
  });
  after(() => aura.close());
  afterEach(async () => {
    for (const connected of open.splice(0)) await connected.close();
    aura.clearRequests();
  });

  async function connect(options: ConnectOptions = {}): Promise<Connected> {
    const connected = await connectTo(aura, options);
    open.push(connected);
    return connected;
  }

  test("tells what the server is and may do, and asks nobody", async () => {
    const connected = await connect({
      mode: "destructive",
      toolsets: ["core", "instances"],
      prefix: "aura",
      noConfirm: ["pause_instance"],
      project: "Local",
    });
    const config = await readJson(connected, "aura://config");
    assert.deepEqual(config["server"], { name: "aura-wake", version: VERSION });
    assert.equal(config["mode"], "may wake, change and destroy (--allow-destructive)");
    assert.deepEqual(config["toolsets"], ["core", "instances"]);
    assert.deepEqual(config["scope"], { project: "Local" });
    const { tools } = await connected.client.listTools();
    assert.deepEqual(config["tools"], tools.map(({ name }) => name));
    const { policy, tools: asking, without } = config["confirmation"] as Record<string, string[]>;
    assert.match(String(policy), /^a person is asked/);
    assert.ok(asking?.includes("aura_delete_instance"));
    assert.deepEqual(without, ["aura_pause_instance"]);
    assert.deepEqual(config["aura"], {
      base_url: aura.url,
      key_from: "AURA_CLIENT_ID (the environment) and AURA_CLIENT_SECRET (the environment)",
    });
    assert.deepEqual(aura.requests(), []);
  });

  test("names where settings come from, and no secret, nor who signs in", async () => {
    const connected = await connect({ surroundings: surroundings(ENV) });
    const text = await readText(connected, "aura://config");
    assert.doesNotMatch(text, /canary/);
    const { settings, aura: api } = JSON.parse(text) as Record<string, unknown>;
    assert.deepEqual(settings, [
      { setting: "client id", from: "AURA_CLIENT_ID (the environment)" },
      { setting: "client secret", from: "AURA_CLIENT_SECRET (the environment)" },
      {
        setting: "uri",
        value: "neo4j+s://a1b2c3d4.databases.neo4j.io",
        from: "NEO4J_URI (the environment)",
      },
      { setting: "username", from: "NEO4J_USERNAME (the environment)" },
      { setting: "password", from: "NEO4J_PASSWORD (the environment)" },
      { setting: "instance", value: "a1b2c3d4", from: "NEO4J_URI (the environment)" },
      {
        setting: "api url",
        value: "https://••••@aura.example.com",
        from: "AURA_BASE_URL (the environment)",
      },
    ]);
    assert.equal((api as Record<string, unknown>)["base_url"], "https://aura.example.com");
  });

  test("tells the journal's file, and what is missing", async () => {
    const connected = await connect({ surroundings: surroundings({}), state: undefined });
    const config = await readJson(connected, "aura://config");
    assert.equal(config["journal"], "/people/ada/.local/share/aura-wake/journal.sqlite");
    assert.match(String((config["aura"] as Record<string, unknown>)["key_from"]), /none is set/);
    assert.deepEqual(
      (config["aura"] as Record<string, unknown>)["base_url"],
      "https://api.neo4j.io",
    );
    assert.ok((config["problems"] as string[]).length > 0);
  });

  test("is there also where the settings cannot be read", async () => {
    const connected = await connect({ credentialsFile: "/nowhere/creds.txt" });
    const { problems } = await readJson(connected, "aura://config");
    assert.match(String(problems), /creds\.txt cannot be read: there is no such file/);
  });

  test("tells a guest nothing of the server's machine", async () => {
    const connected = await connect({
      surroundings: surroundings({ ...ENV, AURA_WAKE_JOURNAL: "/people/ada/jobs.sqlite" }),
      state: undefined,
      caller: { id: "guest", aura: { clientId: "guest-id", clientSecret: "guest-secret" } },
    });
    const text = await readText(connected, "aura://config");
    assert.doesNotMatch(text, /ada|guest-|a1b2c3d4|canary/);
    const config = JSON.parse(text) as Record<string, unknown>;
    assert.deepEqual(config["settings"], []);
    assert.equal(config["journal"], undefined);
    assert.equal((config["aura"] as Record<string, unknown>)["key_from"], "the caller's own");
  });

  test("tokens in place of a person are told as what they are", async () => {
    const connected = await connect({ mode: "destructive", confirm: "token" });
    const { confirmation } = await readJson(connected, "aura://config");
    assert.match(JSON.stringify(confirmation), /no person is asked/);
  });
});
