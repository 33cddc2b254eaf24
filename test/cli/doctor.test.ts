import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Diagnosis } from "../../src/operate/doctor/check.ts";
import { type Emulator, startEmulator } from "../../src/emulator/mod.ts";
import { marks } from "../operate/doctor/patient.ts";
import { dataOf, errorOf, runCli } from "./process.ts";
import { startCli } from "./running.ts";

/** What was printed, without how long anything took. */
function timeless(text: string): string {
  return text.replaceAll(/\d+ m?s\b/g, "N ms").replaceAll(/:\d{4,5}\b/g, ":PORT");
}

describe("aura-wake doctor", () => {
  let aura: Emulator;
  before(async () => {
    aura = await startEmulator({
      requestsPerMinute: false,
      instances: [
        { id: "a1b2c3d4", name: "orders", type: "professional-db" },
        { id: "b2c3d4e5", name: "stock", status: "paused", password: "another-password" },
      ],
    });
  });
  after(() => aura.close());

  test("doctor prints a line for each check, and a verdict", async () => {
    const result = await runCli(["doctor", "--output", "table"], { env: aura.env() });
    assert.equal(result.code, 0, result.stdout);
    const expected = [
      "✔ credentials  AURA_CLIENT_ID and AURA_CLIENT_SECRET, from the environment (N ms)",
      "✔ token        the Aura API accepts it, and shows 1 project (N ms)",
      "✔ instance     orders (a1b2c3d4), professional-db, gcp europe-west1 (N ms)",
      "✔ status       the Aura API says running (N ms)",
      "✔ uri          neo4j://127.0.0.1:PORT (N ms)",
      "✔ dns          127.0.0.1 is an IP address (N ms)",
      "✔ tcp          127.0.0.1:PORT accepts connections (N ms)",
      "– tls          neo4j:// is not encrypted",
      "✔ bolt         the server speaks Bolt 5.4 (N ms)",
      "✔ login        signed in as neo4j (N ms)",
      "✔ query        a query answered in N ms: Neo4j Kernel 5.27-aura enterprise (N ms)",
      "✔ import-api   it answers, and knows no job of the id that was tried (N ms)",
      "✔ graphql-api  it answers: no Data APIs (N ms)",
      "– aura-cli     aura-cli is not installed, and nothing here needs it",
      "",
      "You can connect: a query answered in N ms: Neo4j Kernel 5.27-aura enterprise",
      "",
    ].join("\n");
    // A machine may have an aura-cli.
    const printed = timeless(result.stdout).replace(
      /^. aura-cli.*$/m,
      expected.split("\n")[13] ?? "",
    );
    assert.equal(printed, expected);
  });

  test("doctor says as JSON what is wrong, and exits 1", async () => {
    const result = await runCli(["doctor", "stock"], { env: aura.env() });
    assert.equal(result.code, 1);
    assert.equal(result.stderr, "");
    const diagnosis = dataOf(result) as Diagnosis;
    assert.equal(diagnosis.ok, false);
    assert.equal(
      diagnosis.verdict,
      "You cannot connect, because stock (b2c3d4e5) is paused, as the Aura API says; " +
        "next: aura-wake wake b2c3d4e5",
    );
    const status = diagnosis.checks.find(({ name }) => name === "status");
    assert.deepEqual(Object.keys(status ?? {}).sort(), [
      "detail",
      "name",
      "ok",
      "remedy",
      "took_ms",
    ]);
    assert.equal(aura.status("b2c3d4e5"), "paused");
  });

  test("doctor works with nothing set at all", async () => {
    const result = await runCli(["doctor", "--json"]);
    assert.equal(result.code, 1, result.stderr);
    const { "aura-cli": _auraCli, ...found } = marks(dataOf(result) as Diagnosis);
    assert.deepEqual(found, {
      credentials: false,
      token: null,
      instance: null,
      status: null,
      uri: false,
      dns: null,
      tcp: null,
      tls: null,
      bolt: null,
      login: null,
      query: null,
      "import-api": null,
      "graphql-api": null,
    });
  });

  test("doctor looks at the database without credentials of the Aura API", async () => {
    const { AURA_CLIENT_ID: _id, AURA_CLIENT_SECRET: _secret, ...env } = aura.env();
    const result = await runCli(["doctor"], { env });
    assert.equal(result.code, 1);
    const { checks, verdict } = dataOf(result) as Diagnosis;
    assert.equal(checks.find(({ name }) => name === "query")?.ok, true);
    assert.match(verdict, /^You can connect, but credentials of the Aura API: /);
  });

  test("doctor signs in by a name, and shows no secret", async () => {
    const env = {
      ...aura.env(),
      AURA_WAKE_DB_STOCK_PASSWORD: "a-wrong-password",
      AURA_CLIENT_SECRET: "a-wrong-secret",
    };
    await aura.resume("b2c3d4e5");
    const result = await runCli(["doctor", "--credentials", "stock", "--verbose"], { env });
    assert.equal(result.code, 1);
    const { checks } = dataOf(result) as Diagnosis;
    const login = checks.find(({ name }) => name === "login");
    assert.match(login?.remedy ?? "", /^check AURA_WAKE_DB_STOCK_PASSWORD\b/);
    for (const secret of ["a-wrong-password", "a-wrong-secret", "local-aura-password"]) {
      assert.ok(!`${result.stdout}${result.stderr}`.includes(secret));
    }
    await aura.pause("b2c3d4e5");
  });

  test("doctor ends at Ctrl-C, and at a duration that is none", async () => {
    const fault = aura.fault("POST /oauth/token", { silent: true }, Infinity);
    try {
      aura.clearRequests();
      await using running = await startCli(["doctor"], { env: aura.env() });
      while (aura.requests("POST /oauth/token").length === 0) {
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      running.child.kill("SIGINT");
      const result = await running.ended;
      assert.equal(result.code, 130, result.stdout);
      assert.equal(result.stdout, "");
    } finally {
      fault.cancel();
    }
    const result = await runCli(["doctor", "--timeout", "long"], { env: aura.env() });
    assert.equal(result.code, 2);
    assert.equal(errorOf(result)["code"], "USAGE");
  });
});
