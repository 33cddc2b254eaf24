import assert from "node:assert/strict";
import { test } from "node:test";
import { startEmulator } from "../../../../src/emulator/mod.ts";
import { connectTo } from "../../connect.ts";
import { APIS, memorySink, TYPES } from "./graphql-setup.ts";

test("deploy_graphql_api creates one API of a name, and adds one key of a name, however many calls come at once", async () => {
  await using aura = await startEmulator({
    requestsPerMinute: false,
    instances: [{ id: "a1b2c3d4", name: "orders", type: "professional-db" }],
  });
  const { client, close } = await connectTo(aura, { mode: "write", secrets: memorySink() });
  const errorsOf = async (name: string, args: Record<string, unknown>): Promise<string[]> => {
    const call = { name, arguments: { instance: "orders", ...args } };
    const results = await Promise.all([call, call, call].map((each) => client.callTool(each)));
    return results.filter(({ isError }) => isError).map(({ content }) => JSON.stringify(content));
  };
  // So that all of them have found none before the first is made.
  aura.fault(`GET ${APIS}`, { delayMs: 200 }, 3);
  aura.fault(`POST ${APIS}`, { delayMs: 500 }, 1);
  const deployed = await errorsOf("deploy_graphql_api", {
    name: "movies",
    type_definitions: TYPES,
  });
  assert.equal(deployed.length, 2, deployed.join("\n"));
  assert.match(String(deployed[0]), /being deployed by another call.*was not deployed\./);
  assert.equal(aura.requests(`POST ${APIS}`).length, 1);

  const added = await errorsOf("add_graphql_auth_provider", {
    api: "movies",
    name: "ci",
    type: "api-key",
  });
  assert.equal(added.length, 2, added.join("\n"));
  assert.equal(aura.requests(`POST ${APIS}/:api/auth-providers`).length, 1);
  await close();
});
