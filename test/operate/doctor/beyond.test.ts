import assert from "node:assert/strict";
import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { type Emulator, startEmulator } from "../../../src/emulator/mod.ts";
import { checkOf, examine } from "./patient.ts";

const NO_JOB = "00000000-0000-0000-0000-000000000000";
const TENANT = "11111111-2222-4333-8444-555555555555";

describe("diagnose() beyond the connection", () => {
  let aura: Emulator;
  before(async () => {
    aura = await startEmulator({
      requestsPerMinute: false,
      instances: [
        { id: "a1b2c3d4", name: "orders", type: "professional-db" },
        { id: "b2c3d4e5", name: "small", type: "free-db" },
      ],
    });
  });
  after(() => aura.close());

  /** Answers some paths of the API otherwise. */
  function answering(
    answers: Readonly<Record<string, { readonly status?: number; readonly body: unknown }>>,
    asked: string[] = [],
  ): (request: Request) => Promise<Response> {
    return async (request) => {
      const { pathname } = new URL(request.url);
      asked.push(`${request.method} ${pathname}`);
      const answer = answers[pathname];
      if (answer === undefined) return await fetch(request);
      return Response.json(answer.body, { status: answer.status ?? 200 });
    };
  }

  const organizations = {
    body: { data: [{ id: "org-1", name: "A" }, { id: "org-2", name: "B" }] },
  };

  test("diagnose() asks for a job that does not exist, where the project is", async () => {
    const asked: string[] = [];
    const jobPath = `/v2beta1/organizations/org-2/projects/${TENANT}/import/jobs/${NO_JOB}`;
    const auraFetch = answering({
      "/v2beta1/organizations": organizations,
      "/v2beta1/organizations/org-1/projects": { body: { data: [{ id: "other", name: "O" }] } },
      "/v2beta1/organizations/org-2/projects": { body: { data: [{ id: TENANT, name: "Local" }] } },
      [jobPath]: {
        status: 404,
        body: { errors: [{ message: `The job ${NO_JOB} does not exist`, reason: "Requested" }] },
      },
    }, asked);
    const diagnosis = await examine(aura.env(), { auraFetch });
    assert.deepEqual(checkOf(diagnosis, "import-api")?.ok, true);
    assert.ok(asked.includes(`GET ${jobPath}`));
    // Only signing in is a POST: no job is started to see whether one could be.
    assert.deepEqual(asked.filter((line) => line.startsWith("POST")), ["POST /oauth/token"]);
  });

  test("diagnose() takes organization and project from the settings", async () => {
    const asked: string[] = [];
    const jobPath = `/v2beta1/organizations/org-9/projects/${TENANT}/import/jobs/${NO_JOB}`;
    const auraFetch = answering({
      [jobPath]: {
        status: 404,
        body: { errors: [{ message: `The job ${NO_JOB} does not exist` }] },
      },
    }, asked);
    const diagnosis = await examine(aura.env(), {
      auraFetch,
      organizationId: "org-9",
      projectId: "not-that-of-the-instance",
    });
    assert.equal(checkOf(diagnosis, "import-api")?.ok, true);
    assert.ok(!asked.includes("GET /v2beta1/organizations"));
  });

  test("diagnose() finds an import API that refuses, or is not there", async () => {
    const refused = await examine(aura.env(), {
      auraFetch: answering({
        "/v2beta1/organizations": { status: 403, body: { error: "Access denied" } },
      }),
    });
    assert.match(
      checkOf(refused, "import-api")?.detail ?? "",
      /^cannot list organizations: Access denied \(403/,
    );
    const missing = await examine(aura.env(), {
      auraFetch: answering({
        "/v2beta1/organizations": { status: 404, body: { error: "no such path" } },
      }),
    });
    assert.equal(checkOf(missing, "import-api")?.ok, false);
    const foreign = await examine(aura.env(), {
      auraFetch: answering({
        "/v2beta1/organizations": organizations,
        "/v2beta1/organizations/org-1/projects": { body: { data: [] } },
        "/v2beta1/organizations/org-2/projects": { body: { data: [] } },
      }),
    });
    assert.equal(
      checkOf(foreign, "import-api")?.detail,
      "the API shows no organization with this project",
    );
    assert.match(foreign.verdict, /^You can connect, but the import API: /);
  });

  test("diagnose() lists the Data APIs of the instance", async () => {
    const path = "/v1beta5/instances/a1b2c3d4/data-apis/graphql";
    const two = await examine(aura.env(), {
      auraFetch: answering({ [path]: { body: { data: [{ id: "x" }, { id: "y" }] } } }),
    });
    assert.equal(checkOf(two, "graphql-api")?.detail, "it answers: 2 Data APIs");
    const refused = await examine(aura.env(), {
      auraFetch: answering({ [path]: { status: 403, body: { error: "Access denied" } } }),
    });
    assert.equal(checkOf(refused, "graphql-api")?.ok, false);
  });

  test("diagnose() expects no Data APIs of a Free instance", async () => {
    const path = "/v1beta5/instances/b2c3d4e5/data-apis/graphql";
    const diagnosis = await examine(aura.env("b2c3d4e5"), {
      auraFetch: answering({ [path]: { status: 400, body: { error: "not on this tier" } } }),
    });
    assert.equal(checkOf(diagnosis, "graphql-api")?.ok, null);
    assert.equal(checkOf(diagnosis, "graphql-api")?.detail, "AuraDB Free has no Data APIs");
  });

  describe("aura-cli", () => {
    let folder: string;
    before(async () => {
      folder = await mkdtemp(join(tmpdir(), "aura-wake-doctor-"));
      await mkdir(join(folder, "bin"));
      await writeFile(join(folder, "bin", "aura-cli"), "#!/bin/sh\necho 'aura version v1.8.0'\n");
      await writeFile(join(folder, "broken"), "#!/bin/sh\necho no >&2; exit 3\n");
      await writeFile(join(folder, "stuck"), "#!/bin/sh\nexec sleep 30\n");
      for (const name of ["bin/aura-cli", "broken", "stuck"]) {
        await chmod(join(folder, name), 0o755);
      }
      await writeFile(join(folder, "on.json"), '{"aura":{"beta-enabled":"true"}}');
      await writeFile(join(folder, "off.json"), '{"aura":{"beta-enabled":false}}');
    });
    after(() => rm(folder, { recursive: true, force: true }));

    async function auraCli(variables: Record<string, string>, config?: string, timeoutMs = 5_000) {
      const diagnosis = await examine(aura.env(), {
        timeoutMs,
        auraCli: {
          env: (name) => variables[name],
          platform: "linux",
          configFile: config === undefined ? undefined : join(folder, config),
        },
      });
      return checkOf(diagnosis, "aura-cli");
    }

    test("diagnose() finds it on the PATH, with its version and beta on", async () => {
      const found = await auraCli({ PATH: `/nowhere:${join(folder, "bin")}` }, "on.json");
      assert.equal(found?.ok, true);
      assert.equal(found?.detail, `${folder}/bin/aura-cli, version 1.8.0, beta commands on`);
      assert.equal(found?.remedy, undefined);
    });

    test("diagnose() finds it by AURA_CLI, and says how to switch beta on", async () => {
      const found = await auraCli({ AURA_CLI: join(folder, "bin", "aura-cli") }, "off.json");
      assert.equal(found?.ok, true);
      assert.match(found?.detail ?? "", /beta commands off$/);
      assert.match(found?.remedy ?? "", /aura-cli config set beta-enabled true$/);
    });

    test("diagnose() misses nothing without it", async () => {
      assert.equal((await auraCli({}))?.ok, null);
      assert.equal((await auraCli({ PATH: "/nowhere" }))?.ok, null);
      assert.equal((await auraCli({ AURA_CLI: join(folder, "nowhere") }))?.ok, null);
    });

    test("diagnose() finds one that does not run, and ends one that does not end", async () => {
      assert.equal((await auraCli({ AURA_CLI: join(folder, "broken") }))?.ok, false);
      const stuck = await auraCli({ AURA_CLI: join(folder, "stuck") }, undefined, 300);
      assert.equal(stuck?.detail, "no answer within 300 ms");
    });
  });
});
