import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { type Emulator, startEmulator } from "../../../src/emulator/mod.ts";
import { connectTo } from "../connect.ts";

const SECRET = "a-secret-of-25-characters";

describe("the words of a call", () => {
  let aura: Emulator;
  before(async () => {
    aura = await startEmulator({
      requestsPerMinute: false,
      clients: [{ clientId: "an-id", clientSecret: SECRET }],
      instances: [
        { id: "a1b2c3d4", name: SECRET, type: "professional-db" },
        { id: "b2c3d4e5", name: "stock", type: "professional-db", status: "paused" },
        { id: "c3d4e5f6", name: "free" },
        { id: "d4e5f6a7", name: "locked", type: "professional-db", status: "encryption key error" },
      ],
    });
  });
  after(() => aura.close());

  test("name tools with their prefix, in errors, steps and wrong arguments", async () => {
    const { result, failure, close } = await connectTo(aura, {
      mode: "destructive",
      prefix: "prod",
    });
    const { next_step: step } = await result("prod_get_instance", { instance: "stock" });
    assert.equal(step, "prod_resume_instance b2c3d4e5 wakes it");
    assert.match(
      await failure("prod_overwrite_instance", {
        instance: "b2c3d4e5",
        source_instance: "b2c3d4e5",
      }),
      /\nNext: prod_restore_snapshot takes it back/,
    );
    assert.match(
      await failure("prod_get_instance", { instance: "stok", x: 1 }),
      /^Invalid arguments for tool get_instance: there is no argument "x": there are instance$/,
    );
    assert.match(
      await failure("prod_get_import_job", {}),
      /job_id is missing: From prod_start_import_job or prod_list_known_import_jobs$/,
    );
    await close();
  });

  test("say of wrong arguments what the right ones are", async () => {
    const { failure, close } = await connectTo(aura, { mode: "destructive" });
    const api = { instance: "stock", api: "movies" };
    const cases: [string, Record<string, unknown>, RegExp][] = [
      ["set_graphql_api_state", api, /: action is missing: one of pause, resume\n/],
      ["create_instance", { name: "a" }, /: type is missing: e\.g\. "free-db"/],
      ["get_instance", { instnce: "stock", instance: "stock" }, /: there are instance$/],
      [
        "wait_for_instance",
        { instance: "stock", timeout: 3 },
        /: there is no argument "timeout": there are timeout_seconds, instance, until$/,
      ],
      ["get_instance", { instance: 3 }, /: instance: expected string, received number$/],
      ["list_instances", { limit: 0 }, /: limit: Too small/],
    ];
    for (const [tool, args, told] of cases) assert.match(await failure(tool, args), told);
    await close();
  });

  test("have no secret of the server's, in a resource either", async () => {
    const { client, result, close } = await connectTo(aura, {});
    // Only what was signed in with is known.
    await result("list_projects");
    const { contents: [content] } = await client.readResource({
      uri: "aura://instances/a1b2c3d4",
    });
    assert.ok(content !== undefined && "text" in content);
    assert.match(content.text, /"name":"\*\*\*"/);
    assert.doesNotMatch(JSON.stringify(await client.listResources()), new RegExp(SECRET));
    await close();
  });

  test("send nobody to wait for what waiting does not mend", async () => {
    const { failure, close } = await connectTo(aura, { mode: "write" });
    assert.match(
      await failure("create_snapshot", { instance: "locked" }),
      /^Cannot take a snapshot of locked \(d4e5f6a7\): it is encryption key error.*\nNo snapshot was taken\.\nNext: look at it in the Aura console/,
    );
    await close();
  });

  test("refuse GraphQL APIs over a Free instance before Aura does", async () => {
    const { failure, close } = await connectTo(aura, { mode: "destructive" });
    aura.clearRequests();
    const api = { instance: "free", api: "movies" };
    const deploy = { instance: "free", name: "movies", type_definitions: "type A @node { a: ID }" };
    for (
      const [tool, args] of [
        ["list_graphql_apis", { instance: "free" }],
        ["get_graphql_api", api],
        ["deploy_graphql_api", deploy],
        ["delete_graphql_api", api],
      ] as const
    ) {
      assert.match(
        await failure(tool, args),
        /over free \(c3d4e5f6\): it is Free, and they need an instance of a paid type\n(?:.*\n)?Next: list_instances shows which there are$/,
        tool,
      );
    }
    assert.deepEqual(aura.requests(/data-apis/), []);
    await close();
  });
});
