import assert from "node:assert/strict";
import { connect } from "node:net";
import { describe, test } from "node:test";
import type { PauseMode } from "../../../src/emulator/pause-mode.ts";
import { cannedEngine } from "../../../src/emulator/engine/canned/canned-engine.ts";
import { codeOf, PASSWORD, type TestPlane, withPlane } from "./plane.ts";

type Symptom = "ECONNREFUSED" | "ended" | "silence" | "handshake";

/** What a bare client meets that says the Bolt handshake. */
function knock(port: number, mode: PauseMode): Promise<Symptom> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    const finish = (symptom: Symptom) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(symptom);
    };
    const timer = setTimeout(() => finish("silence"), mode === "silent" ? 150 : 5000);
    socket.on("connect", () => {
      socket.write(Uint8Array.from([0x60, 0x60, 0xb0, 0x17, 0, 0, 4, 5, ...new Uint8Array(12)]));
    });
    socket.on("data", () => finish("handshake"));
    socket.on("error", (error: Error & { code?: string }) => {
      finish(error.code === "ECONNREFUSED" ? "ECONNREFUSED" : "ended");
    });
    socket.on("close", () => finish("ended"));
  });
}

async function post(
  test: TestPlane,
  signal?: AbortSignal,
  statement = "RETURN 1 AS one",
): Promise<Response> {
  return await fetch(`${test.http}/db/neo4j/query/v2`, {
    method: "POST",
    headers: {
      authorization: `Basic ${btoa(`neo4j:${PASSWORD}`)}`,
      "content-type": "application/json",
    },
    body: JSON.stringify({ statement }),
    ...(signal === undefined ? {} : { signal }),
  });
}

const SYMPTOMS: Readonly<Record<PauseMode, Symptom>> = {
  refuse: "ECONNREFUSED",
  unresolvable: "ECONNREFUSED",
  reset: "ended",
  silent: "silence",
  unavailable: "handshake",
};

for (const mode of ["refuse", "unresolvable", "reset", "silent", "unavailable"] as const) {
  describe(`shut("${mode}")`, () => {
    test("shows itself, and the same driver works again afterwards", async () => {
      await withPlane(async (test) => {
        const { plane, driver } = test;
        for (const scheme of ["bolt", "neo4j"] as const) {
          const patienceMs = mode === "silent" ? 400 : 5000;
          const one = driver(scheme, {
            connectionTimeout: patienceMs,
            connectionAcquisitionTimeout: patienceMs,
          });
          const run = async () => {
            const session = one.session();
            try {
              return (await session.run("RETURN 1 AS one")).records[0]?.get("one").toNumber();
            } finally {
              await session.close();
            }
          };
          assert.equal(await run(), 1);
          const port = plane.boltPort;
          await plane.shut(mode);
          assert.equal(await knock(port, mode), SYMPTOMS[mode]);
          const codes: unknown[] = [await codeOf(run()), await codeOf(run())];
          const wanted: readonly unknown[] = mode === "silent"
            ? ["N/A", "ServiceUnavailable", "SessionExpired"]
            : mode === "unavailable"
            ? [
              "Neo.TransientError.General.DatabaseUnavailable",
              "ServiceUnavailable",
              "SessionExpired",
            ]
            : ["ServiceUnavailable", "SessionExpired"];
          for (const code of codes) assert.ok(wanted.includes(code), `${scheme} ${String(code)}`);
          await plane.open();
          assert.equal(plane.boltPort, port);
          assert.equal(await run(), 1);
        }
      }, { engine: cannedEngine() });
    });

    test("shows itself over HTTP, and is gone after open()", async () => {
      await withPlane(async (test) => {
        assert.equal((await post(test)).status, 202);
        await test.plane.shut(mode);
        if (mode === "unavailable") {
          const response = await post(test);
          assert.equal(response.status, 503);
          assert.deepEqual(await response.json(), {
            errors: [{
              code: "Neo.TransientError.General.DatabaseUnavailable",
              message: "Database 'neo4j' is unavailable.",
            }],
          });
        } else {
          await assert.rejects(post(test, AbortSignal.timeout(mode === "silent" ? 150 : 5000)), (
            error: Error,
          ) => (mode === "silent") === (error.name === "TimeoutError"));
        }
        await test.plane.open();
        const response = await post(test);
        assert.equal(response.status, 202);
        await response.body?.cancel();
      }, { engine: cannedEngine() });
    });
  });
}

describe("shut()", () => {
  test("keeps the data", async () => {
    await withPlane(async ({ plane, driver }) => {
      const one = driver();
      const session = one.session();
      await session.run("CREATE (:Kept {x: 1})");
      await session.close();
      await plane.shut("refuse");
      await plane.shut("silent");
      await plane.open();
      const query = () => one.executeQuery("MATCH (n:Kept) RETURN n.x AS x");
      // The driver's pooled connection is lost, and it takes a second to try again by itself.
      const again = one.session();
      await codeOf(again.run("RETURN 1"));
      await again.close();
      assert.equal((await query()).records[0]?.get("x").toNumber(), 1);
    });
  });

  test("ends a query that is being answered, and rejects it on the client's side", async () => {
    const begun = Promise.withResolvers<void>();
    const never = new Promise<undefined>(() => {});
    const answers = (query: { cypher: string }) => {
      if (query.cypher !== "RETURN slow") return undefined;
      begun.resolve();
      return never;
    };
    await withPlane(async (test) => {
      const { plane, driver } = test;
      const session = driver().session();
      const slow = codeOf(session.run("RETURN slow"));
      await begun.promise;
      const overHttp = post(test, undefined, "RETURN slow");
      overHttp.catch(() => {});
      await new Promise((resolve) => setTimeout(resolve, 50));
      await plane.shut("refuse");
      assert.equal(await slow, "ServiceUnavailable");
      await assert.rejects(overHttp, TypeError);
      await codeOf(session.close());
    }, { engine: cannedEngine({ answers }) });
  });

  test("can change from one mode to any other while shut", async () => {
    await withPlane(async ({ plane }) => {
      for (const mode of ["reset", "silent", "refuse", "unavailable", "reset"] as const) {
        await plane.shut(mode);
        assert.equal(await knock(plane.boltPort, mode), SYMPTOMS[mode]);
      }
    }, { engine: cannedEngine() });
  });
});
