import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { TOOLS } from "../../mcp/core/catalogue.ts";
import { type Emulator, startEmulator } from "../../src/emulator/mod.ts";
import { connectTo } from "./connect.ts";

const BARE = new RegExp(`(?<![\\w-])(?:${TOOLS.map(({ name }) => name).join("|")})(?![\\w-])`);
const TYPES = "type Movie @node { title: String }";

describe("the words of a server", () => {
  let aura: Emulator;
  before(async () => {
    aura = await startEmulator({
      requestsPerMinute: false,
      instances: [
        { id: "a1b2c3d4", name: "orders", type: "professional-db" },
        { id: "b2c3d4e5", name: "stock", type: "professional-db", status: "paused" },
      ],
    });
  });
  after(() => aura.close());

  test("name its tools as they are listed", async () => {
    const { client, result, close } = await connectTo(aura, {
      mode: "destructive",
      prefix: "prod",
      confirm: "token",
    });
    const { tools } = await client.listTools();
    for (const { name, description = "", inputSchema } of tools) {
      assert.doesNotMatch(`${description} ${JSON.stringify(inputSchema)}`, BARE, name);
    }
    const { message } = await result("prod_delete_instance", { instance: "orders" });
    assert.match(String(message), /call prod_delete_instance again with the same arguments/);
    const api = { instance: "orders", name: "movies", type_definitions: TYPES };
    await result("prod_deploy_graphql_api", {
      ...api,
      auth: "jwks",
      jwks_url: "https://keys.example",
    });
    const { notes } = await result("prod_deploy_graphql_api", {
      ...api,
      auth: "jwks",
      jwks_url: "https://keys.example",
    });
    assert.match(JSON.stringify(notes), /prod_add_graphql_auth_provider adds a way/);
    await close();
  });

  test("name the tool of --no-confirm as that flag takes it", async () => {
    const { failure, close } = await connectTo(aura, { mode: "destructive", prefix: "prod" });
    assert.match(
      await failure("prod_delete_instance", { instance: "orders" }),
      /or --no-confirm=delete_instance$/,
    );
    await close();
  });

  test("say so where the next step takes a tool that is not listed", async () => {
    const core = await connectTo(aura, { mode: "wake", toolsets: ["core"], prefix: "prod" });
    const { next_step: wake } = await core.result("prod_get_instance", { instance: "stock" });
    assert.equal(wake, "resume_instance (which this server does not offer) b2c3d4e5 wakes it");
    await core.close();
    const reading = await connectTo(aura);
    const checked = await reading.result("check_type_definitions", { type_definitions: TYPES });
    assert.equal(checked["next_step"], "deploy_graphql_api (which this server does not offer)");
    await reading.close();
  });

  test("say so once", async () => {
    const { result, close } = await connectTo(aura, { mode: "wake", toolsets: ["core"] });
    const { verdict } = await result("diagnose", { instance: "stock" });
    assert.equal(String(verdict).match(/does not offer/g)?.length, 1, String(verdict));
    await close();
  });

  test("say of an id that cannot be one that it is the argument that is wrong", async () => {
    const { failure, close } = await connectTo(aura, { mode: "destructive" });
    const told = await failure("restore_snapshot", {
      instance: "orders",
      snapshot_id: "../../b2c3d4e5/snapshots/x",
    });
    assert.match(told, /snapshot id is not an id/);
    assert.doesNotMatch(told, /aura:\/\/config/);
    await close();
  });

  test("say whose key it is that a caller has brought", async () => {
    const { AURA_CLIENT_ID: clientId = "", AURA_CLIENT_SECRET: clientSecret = "" } = aura.env();
    const { result, close } = await connectTo(aura, {
      caller: { id: "guest", aura: { clientId, clientSecret } },
    });
    const { checks } = await result("diagnose", { instance: "orders", detail: "full" });
    const [first] = checks as { name: string; detail: string }[];
    assert.deepEqual(first, {
      name: "credentials",
      result: "ok",
      detail: "the key that was given",
    });
    await close();
  });
});
