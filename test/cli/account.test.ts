import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { type Emulator, type RecordedRequest, startEmulator } from "../../src/emulator/mod.ts";
import { type CliResult, dataOf, errorOf, runCli } from "./process.ts";

const ORGANIZATION = "aaaaaaaa-0000-4000-8000-000000000001";

describe("projects, organizations, ids", () => {
  let emulator: Emulator;
  let env: Record<string, string>;

  before(async () => {
    emulator = await startEmulator({
      requestsPerMinute: false,
      tenants: [{ id: "t1", name: "Live" }, { id: "t2", name: "Staging" }],
      organizations: [{ id: ORGANIZATION, name: "Acme", projectIds: ["t1"] }],
      instances: [
        { id: "a1b2c3d4", name: "orders", type: "professional-db", tenantId: "t1" },
        { id: "b2c3d4e5", name: "demo", tenantId: "t2" },
        { id: "c3d4e5f6", name: "lonely", type: "professional-db", tenantId: "t2" },
      ],
    });
    env = emulator.env();
  });
  after(async () => {
    await emulator.close();
  });

  async function run(...args: readonly string[]): Promise<CliResult> {
    return await runCli(args, { env });
  }

  function isOrganizations({ path }: RecordedRequest): boolean {
    return path === "/v2beta1/organizations";
  }

  test("projects list", async () => {
    const table = await run("projects", "list", "--output", "table");
    assert.equal(table.code, 0, table.stderr);
    assert.equal(table.stdout, "ID  NAME\nt1  Live\nt2  Staging\n");
    assert.deepEqual(dataOf(await run("projects", "list")), [
      { id: "t1", name: "Live" },
      { id: "t2", name: "Staging" },
    ]);
  });

  test("projects get, by name or by id; which one is meant has to be clear", async () => {
    const table = await run("projects", "get", "Staging", "--output", "table");
    assert.equal(
      table.stdout,
      "id                  t2\n" +
        "name                Staging\n" +
        "types of instances  free-db, professional-db, business-critical, enterprise-db, professional-ds, enterprise-ds\n" +
        "all sizes           aura-wake instances sizes --project t2\n",
    );
    const json = dataOf(await run("projects", "get", "t1")) as {
      name: string;
      instance_configurations: readonly unknown[];
    };
    assert.equal(json.name, "Live");
    assert.ok(json.instance_configurations.length > 50);

    const open = await run("projects", "get");
    assert.equal(open.code, 2);
    assert.equal(errorOf(open)["code"], "AMBIGUOUS");
    const unknown = await run("projects", "get", "11111111-2222-4333-8444-000000000000");
    assert.equal(unknown.code, 3);
    assert.match(String(errorOf(unknown)["message"]), /404 tenant-not-found/);
  });

  test("organizations list", async () => {
    const table = await run("organizations", "list", "--output", "table");
    assert.equal(
      table.stdout,
      `ID                                    NAME\n${ORGANIZATION}  Acme\n`,
    );
    emulator.fault(isOrganizations, { status: 403, body: { error: "no" } }, 2);
    const refused = await run("organizations", "list");
    assert.equal(refused.code, 4);
    assert.equal(errorOf(refused)["code"], "AURA_API");
  });

  test("ids: everything that has one, and what it is in", async () => {
    const table = await run("ids", "--output", "table");
    assert.equal(table.code, 0, table.stderr);
    assert.equal(
      table.stdout,
      "KIND          NAME     ID                                    IN\n" +
        `organization  Acme     ${ORGANIZATION}  -\n` +
        "project       Live     t1                                    Acme\n" +
        "project       Staging  t2                                    -\n" +
        "instance      orders   a1b2c3d4                              Live\n" +
        "instance      demo     b2c3d4e5                              Staging\n" +
        "instance      lonely   c3d4e5f6                              Staging\n",
    );
    const json = await run("ids", "--instance", "orders");
    assert.deepEqual(dataOf(json), [
      { kind: "organization", name: "Acme", id: ORGANIZATION },
      { kind: "project", name: "Live", id: "t1", organization_id: ORGANIZATION },
      {
        kind: "instance",
        name: "orders",
        id: "a1b2c3d4",
        project_id: "t1",
        organization_id: ORGANIZATION,
      },
    ]);
    const unknown = await run("ids", "--instance", "order");
    assert.equal(unknown.code, 3);
    assert.equal(errorOf(unknown)["suggestion"], 'did you mean "orders"?');
  });

  test("ids --env: lines for a shell, without what is not the only one", async () => {
    const all = await run("ids", "--project", "Live", "--env");
    assert.equal(all.code, 0, all.stderr);
    assert.equal(
      all.stdout,
      `export AURA_ORGANIZATION_ID='${ORGANIZATION}'\n` +
        "export AURA_PROJECT_ID='t1'\n" +
        "export AURA_INSTANCEID='a1b2c3d4'\n",
    );
    // A key that may not read organizations still has projects and instances.
    emulator.fault(isOrganizations, { status: 403, body: { error: "no" } }, 2);
    const some = await run("ids", "--project", "t2", "--env");
    assert.equal(some.stdout, "export AURA_PROJECT_ID='t2'\n");
    assert.equal(
      some.stderr,
      "warning: this API key may not read organizations (403), so they are left out\n" +
        "AURA_INSTANCEID is left out: there is more than one instance; choose with --project or --instance\n",
    );
    emulator.fault(isOrganizations, { status: 403, body: { error: "no" } }, 2);
    const none = await run("ids", "--env");
    assert.equal(none.code, 2);
    assert.equal(none.stdout, "");
    assert.equal(errorOf(none)["code"], "AMBIGUOUS");
  });
});
