import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { inspect } from "node:util";
import { Secret } from "../../mod.ts";
import { BAD_IDS, client, data } from "./client.ts";
import { refusal } from "./fake-aura.ts";

const PROJECT = {
  organizationId: "aaaaaaaa-0000-4000-8000-000000000001",
  projectId: "11111111-2222-4333-8444-555555555555",
} as const;
const JOB = "87d485b4-0000-4000-8000-720f4672947e";
const MODEL = "66666666-7777-4888-8999-aaaaaaaaaaaa";
const JOBS = "/v2beta1/organizations/aaaaaaaa-0000-4000-8000-000000000001" +
  "/projects/11111111-2222-4333-8444-555555555555/import/jobs";

describe("importJobs", () => {
  for (const status of [200, 201]) {
    test(`create() sends the API's own words, and takes ${status}`, async () => {
      const { aura, sent } = client(data({ id: JOB }, status));
      const made = await aura.importJobs.create(PROJECT, {
        importModelId: MODEL,
        auraCredentials: { dbId: "a1b2c3d4", user: "neo4j", password: "canary-password" },
        importConfig: { importType: "bulk" },
      });
      assert.deepEqual(made, { id: JOB });
      assert.deepEqual(sent(), [
        `POST ${JOBS} {"importModelId":"${MODEL}","auraCredentials":{"dbId":"a1b2c3d4",` +
        '"user":"neo4j","password":"canary-password"},"importConfig":{"importType":"bulk"}}',
      ]);
    });
  }

  test("create() sends only what it is given", async () => {
    const { aura, sent } = client(data({ id: JOB }));
    await aura.importJobs.create(PROJECT, { importModelId: MODEL });
    const auraCredentials = { dbId: "a1b2c3d4" };
    await aura.importJobs.create(PROJECT, { importModelId: MODEL, auraCredentials });
    assert.deepEqual(sent(), [
      `POST ${JOBS} {"importModelId":"${MODEL}"}`,
      `POST ${JOBS} {"importModelId":"${MODEL}","auraCredentials":{"dbId":"a1b2c3d4"}}`,
    ]);
  });

  test("create() reveals a secret to the API alone", async () => {
    const { aura, sent } = client(data({ id: JOB }));
    await aura.importJobs.create(PROJECT, {
      importModelId: MODEL,
      auraCredentials: { dbId: "a1b2c3d4", user: "neo4j", password: new Secret("canary-word") },
    });
    assert.match(String(sent()[0]), /"password":"canary-word"/);
  });

  for (const password of ["canary-password", 'canary-"quoted"-\\', new Secret("canary-secret")]) {
    test(`create() shows no password that a server echoes (${typeof password})`, async () => {
      const { aura, fake } = client((seen) =>
        Response.json({ errors: [{ message: `bad body ${seen.body}`, reason: seen.body }] }, {
          status: 400,
        })
      );
      const auraCredentials = { dbId: "a1b2c3d4", user: "neo4j", password };
      const job = { importModelId: MODEL, auraCredentials };
      await assert.rejects(aura.importJobs.create(PROJECT, job), (error: Error) => {
        const told = inspect(error, { depth: 20, showHidden: true }) + JSON.stringify(error);
        assert.ok(!told.includes("canary"), told);
        assert.match(error.message, /^Cannot create import job: bad body .*\*\*\*/);
        return true;
      });
      assert.match(String(fake.calls[0]?.body), /canary/);
    });
  }

  test("create() is not sent again when it may have arrived", async () => {
    const { aura, fake } = client(() => refusal(503));
    await assert.rejects(aura.importJobs.create(PROJECT, { importModelId: MODEL }), {
      status: 503,
      message: /; next: look whether it was carried out before you try again$/,
    });
    assert.equal(fake.calls.length, 1);
  });

  test("get() asks for progress when told to", async () => {
    const job = { id: JOB, info: { state: "Running", percentage_complete: 42.5 }, extra: [1] };
    const { aura, sent } = client(data(job));
    assert.deepEqual(await aura.importJobs.get(PROJECT, JOB), job);
    await aura.importJobs.get(PROJECT, JOB, { progress: true });
    await aura.importJobs.get(PROJECT, JOB, { progress: false });
    assert.deepEqual(sent(), [
      `GET ${JOBS}/${JOB}`,
      `GET ${JOBS}/${JOB}?progress=true`,
      `GET ${JOBS}/${JOB}?progress=false`,
    ]);
  });

  test("cancel() gives the id", async () => {
    const { aura, sent } = client(data({ id: JOB }));
    assert.deepEqual(await aura.importJobs.cancel(PROJECT, JOB), { id: JOB });
    assert.deepEqual(sent(), [`POST ${JOBS}/${JOB}/cancellation {}`]);
  });

  test("cancel() takes a job that is cancelled already for success", async () => {
    const message = `The job ${JOB} has requested to cancel`;
    const { aura, fake } = client(() => refusal(400, message, "Requested"));
    assert.deepEqual(await aura.importJobs.cancel(PROJECT, JOB), { id: JOB });
    assert.equal(fake.calls.length, 1);
  });

  test("cancel() takes nothing else for success", async () => {
    const refusals = [
      [404, `The job ${JOB} does not exist`, "Requested"],
      [400, "the job is over", "Requested"],
      [404, `The job ${JOB} has requested to cancel`, "Requested"],
    ] as const;
    for (const [status, message, reason] of refusals) {
      const { aura } = client(() => refusal(status, message, reason));
      await assert.rejects(aura.importJobs.cancel(PROJECT, JOB), { code: "AURA_API", status });
    }
  });

  test("no call sends an id that leads elsewhere", async () => {
    const { aura: { importJobs }, fake } = client(data({ id: JOB, info: {} }));
    for (const id of BAD_IDS) {
      for (
        const call of [
          importJobs.get(PROJECT, id),
          importJobs.cancel(PROJECT, id),
          importJobs.waitFor(PROJECT, id),
          importJobs.get({ ...PROJECT, projectId: id }, JOB),
          importJobs.get({ ...PROJECT, organizationId: id }, JOB),
          importJobs.create({ ...PROJECT, projectId: id }, { importModelId: MODEL }),
          importJobs.create({ ...PROJECT, organizationId: id }, { importModelId: MODEL }),
        ]
      ) await assert.rejects(call, { code: "CONFIG_INVALID" });
    }
    assert.equal(fake.calls.length, 0);
  });
});
