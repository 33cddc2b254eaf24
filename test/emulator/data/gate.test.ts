import assert from "node:assert/strict";
import { describe, test } from "node:test";
import neo4j from "neo4j-driver";
import type { DataPlane } from "../../../src/emulator/data-plane.ts";
import { openGate } from "../../../src/emulator/gate.ts";
import { codeOf, PASSWORD, withPlane } from "./plane.ts";

/** A gate before a server of ours, which advertises an address that leads nowhere. */
async function withGate(
  work: (gate: DataPlane, requests: () => number) => Promise<void>,
): Promise<void> {
  await withPlane(async ({ plane }) => {
    let requests = 0;
    const gate: DataPlane = await openGate({
      hostname: "127.0.0.1",
      boltPort: 0,
      httpPort: 0,
      upstream: `127.0.0.1:${plane.boltPort}`,
      upstreamHttp: `127.0.0.1:${plane.httpPort}`,
      advertised: () => `127.0.0.1:${gate.boltPort}`,
      onActivity: () => void (requests += 1),
    });
    await gate.open();
    try {
      await work(gate, () => requests);
    } finally {
      await gate.close();
    }
  }, { advertised: () => "behind.invalid:7687" });
}

describe("openGate()", () => {
  test("leads neo4j:// clients through itself and nowhere else", async () => {
    await withGate(async (gate, requests) => {
      const driver = neo4j.driver(
        `neo4j://127.0.0.1:${gate.boltPort}`,
        neo4j.auth.basic("neo4j", PASSWORD),
        { maxTransactionRetryTime: 500 },
      );
      try {
        const result = await driver.executeQuery(
          "UNWIND range(1, 3500) AS i RETURN i, 'text ' + i AS text",
          {},
          { database: "neo4j" },
        );
        assert.equal(result.records.length, 3500);
        assert.equal(result.records[3499]?.get("text"), "text 3500");
        const large = "x".repeat(400_000);
        const echoed = await driver.executeQuery("RETURN $large AS large", { large });
        assert.equal(echoed.records[0]?.get("large"), large);
        assert.ok(requests() > 0);
      } finally {
        await driver.close();
      }
    });
  });

  test("lets the server's refusal of a password through", async () => {
    await withGate(async (gate) => {
      for (let round = 0; round < 5; round++) {
        const driver = neo4j.driver(
          `neo4j://127.0.0.1:${gate.boltPort}`,
          neo4j.auth.basic("neo4j", "wrong"),
        );
        assert.equal(await codeOf(driver.getServerInfo()), "Neo.ClientError.Security.Unauthorized");
        await driver.close();
      }
    });
  });

  for (const mode of ["refuse", "reset", "silent", "unavailable", "unresolvable"] as const) {
    test(`shuts in the mode ${mode} and opens again for the same driver`, async () => {
      await withGate(async (gate) => {
        for (const scheme of ["bolt", "neo4j"]) {
          const driver = neo4j.driver(
            `${scheme}://127.0.0.1:${gate.boltPort}`,
            neo4j.auth.basic("neo4j", PASSWORD),
            {
              maxTransactionRetryTime: 100,
              connectionTimeout: mode === "silent" ? 400 : 5000,
              connectionAcquisitionTimeout: mode === "silent" ? 400 : 5000,
            },
          );
          try {
            const run = async () => {
              const session = driver.session();
              try {
                return (await session.run("RETURN 1 AS x")).records[0]?.get("x").toNumber();
              } finally {
                await session.close();
              }
            };
            assert.equal(await run(), 1);
            await gate.shut(mode);
            await codeOf(run());
            const code = await codeOf(run());
            const wanted = mode === "silent"
              ? ["N/A"]
              : mode === "unavailable"
              ? ["Neo.TransientError.General.DatabaseUnavailable", "ServiceUnavailable"]
              : ["ServiceUnavailable"];
            assert.ok(wanted.includes(String(code)), `${scheme} ${String(code)}`);
            await gate.open();
            // A connection to the one who said "unavailable" ends when the gate opens.
            if (mode === "unavailable") await codeOf(run());
            assert.equal(await run(), 1);
          } finally {
            await driver.close();
          }
        }
      });
    });
  }

  test("passes the Query API on, and answers 503 while unavailable", async () => {
    await withGate(async (gate) => {
      const post = () =>
        fetch(`http://127.0.0.1:${gate.httpPort}/db/neo4j/query/v2`, {
          method: "POST",
          headers: { authorization: `Basic ${btoa(`neo4j:${PASSWORD}`)}` },
          body: JSON.stringify({ statement: "RETURN 1 AS one" }),
        });
      const open = await post();
      assert.equal(open.status, 202);
      assert.deepEqual(((await open.json()) as { data: unknown }).data, {
        fields: ["one"],
        values: [[1]],
      });
      await gate.shut("unavailable");
      const shut = await post();
      assert.equal(shut.status, 503);
      await shut.body?.cancel();
    });
  });

  test("refuses an upstream that is no address", async () => {
    const gate = openGate({
      hostname: "127.0.0.1",
      boltPort: 0,
      httpPort: 0,
      upstream: "bolt://localhost",
      advertised: () => "",
    });
    await assert.rejects(gate, /Cannot open a gate to "bolt:\/\/localhost": it is not host:port/);
  });
});
