import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { cannedEngine } from "../../../src/emulator/engine/canned/canned-engine.ts";
import type { DataPlaneOptions } from "../../../src/emulator/data-plane.ts";
import { withPlane } from "./plane.ts";
import { MAGIC, type RawClient, withClient } from "./raw-client.ts";

const FIVE_FOUR = [0, 4, 4, 5] as const;
const INVALID = "Neo.ClientError.Request.Invalid";

const answers = {
  "RETURN three": [{ x: 1 }, { x: 2 }, { x: 3 }],
  "RETURN many": Array.from({ length: 20_000 }, (_, x) => ({ x, text: "x".repeat(2000) })),
};

async function withServer(
  work: (client: RawClient, port: number) => Promise<void>,
  options: Partial<DataPlaneOptions> = {},
): Promise<void> {
  await withPlane(async ({ plane }) => {
    await withClient(plane.boltPort, (client) => work(client, plane.boltPort));
  }, { engine: cannedEngine({ answers }), ...options });
}

describe("Bolt handshake", () => {
  test("chooses the newest version that both know", async () => {
    const cases: readonly [number[], number[]][] = [
      [[...FIVE_FOUR], [0, 0, 4, 5]],
      // neo4j-driver 6: the manifest first, then ranges.
      [[0, 0, 1, 0xff, 0, 8, 8, 5, 0, 2, 4, 4, 0, 0, 0, 3], [0, 0, 4, 5]],
      [[0, 0, 8, 5, 0, 0, 3, 5], [0, 0, 3, 5]],
      [[0, 0, 1, 5], [0, 0, 1, 5]],
      [[0, 2, 4, 4], [0, 0, 0, 0]],
      [[0, 1, 8, 5], [0, 0, 0, 0]],
      [[0, 0, 0, 5], [0, 0, 0, 0]],
    ];
    for (const [proposals, version] of cases) {
      await withServer(async (client) => {
        assert.deepEqual(await client.handshake(...proposals), version);
        if (version[3] === 0) await client.closed;
      });
    }
  });

  test("arrives in pieces, with messages right behind", async () => {
    await withServer(async (client) => {
      for (const byte of [...MAGIC, ...FIVE_FOUR]) client.bytes(byte);
      client.bytes(...new Uint8Array(12));
      client.send("HELLO", {});
      assert.equal((await client.answer())[0], "SUCCESS");
    });
  });

  test("closes on HTTP and on garbage", async () => {
    for (const bytes of [[...new TextEncoder().encode("GET / HTTP/1.1\r\n\r\n")], [0x16, 3, 1]]) {
      await withServer(async (client) => {
        client.bytes(...bytes);
        await client.closed;
      });
    }
  });
});

describe("Bolt session", () => {
  test("lets nobody do anything before LOGON, and says so before it closes", async () => {
    for (const name of ["RUN", "BEGIN", "ROUTE", "PULL", "RESET", "LOGON", "COMMIT"] as const) {
      await withServer(async (client) => {
        await client.handshake(...FIVE_FOUR);
        client.send(name, "RETURN 1", {}, {});
        const [answer, failure] = await client.answer();
        assert.equal(answer, "FAILURE", name);
        assert.equal(failure.code, INVALID);
        await client.closed;
      });
    }
  });

  test("refuses wrong credentials and closes", async () => {
    await withServer(async (client) => {
      await client.handshake(...FIVE_FOUR);
      client.send("HELLO", {});
      client.send("LOGON", { scheme: "none" });
      const [hello, logon] = await client.answers(2);
      assert.equal(hello?.[0], "SUCCESS");
      assert.equal(logon?.[1].code, "Neo.ClientError.Security.Unauthorized");
      await client.closed;
    });
  });

  test("asks for LOGON again after LOGOFF", async () => {
    await withServer(async (client) => {
      await client.logOn();
      client.send("LOGOFF");
      client.send("RUN", "RETURN 1", {}, {});
      const [off, run] = await client.answers(2);
      assert.equal(off?.[0], "SUCCESS");
      assert.equal(run?.[1].code, INVALID);
    });
  });

  test("pages by n, and ends with the summary", async () => {
    await withServer(async (client) => {
      await client.logOn();
      client.send("RUN", "RETURN three", {}, {});
      client.send("PULL", { n: 2n });
      client.send("PULL", { n: 2n });
      const got = await client.answers(6);
      assert.deepEqual(got.map(([name]) => name), [
        "SUCCESS",
        "RECORD",
        "RECORD",
        "SUCCESS",
        "RECORD",
        "SUCCESS",
      ]);
      assert.deepEqual(got[0]?.[1].fields, ["x"]);
      assert.deepEqual(got[3]?.[1], { has_more: true });
      const { bookmark, ...summary } = got[5]?.[1] ?? {};
      assert.deepEqual(summary, { type: "r", t_last: 0n, db: "neo4j" });
      assert.equal(typeof bookmark, "string");
    });
  });

  test("tells results apart by qid", async () => {
    await withServer(async (client) => {
      await client.logOn();
      client.send("BEGIN", {});
      client.send("RUN", "RETURN three", {}, {});
      client.send("RUN", "RETURN 7 AS seven", {}, {});
      client.send("PULL", { n: 1n, qid: 0n });
      client.send("PULL", { n: -1n, qid: 1n });
      client.send("DISCARD", { n: -1n, qid: 0n });
      client.send("COMMIT");
      const got = await client.answers(9);
      assert.equal(got[1]?.[1].qid, 0n);
      assert.equal(got[2]?.[1].qid, 1n);
      assert.deepEqual(got.slice(3).map(([name, field]) => [name, field.has_more ?? field[0]]), [
        ["RECORD", 1n],
        ["SUCCESS", true],
        ["RECORD", 7n],
        ["SUCCESS", undefined],
        ["SUCCESS", undefined],
        ["SUCCESS", undefined],
      ]);
      client.send("BEGIN", {});
      client.send("RUN", "RETURN 1", {}, {});
      client.send("PULL", { n: -1n, qid: 5n });
      assert.equal((await client.answers(3))[2]?.[1].code, INVALID);
    });
  });

  test("refuses what does not fit the state, and ignores the rest until RESET", async () => {
    const wrong: readonly (readonly [Parameters<RawClient["send"]>[0], ...unknown[]])[] = [
      ["PULL", { n: -1n }],
      ["COMMIT"],
      ["ROLLBACK"],
      ["HELLO", {}],
      ["LOGON", {}],
      ["RUN", 1n, {}, {}],
      ["RUN", "RETURN 1", "no map", {}],
      ["ROUTE", {}, [], { db: 5n }],
    ];
    await withServer(async (client) => {
      await client.logOn();
      for (const [name, ...fields] of wrong) {
        client.send(name, ...fields);
        client.send("RUN", "RETURN 1", {}, {});
        client.send("PULL", { n: -1n });
        const got = await client.answers(3);
        assert.equal(got[0]?.[1].code, INVALID, name);
        assert.deepEqual(got.map(([answer]) => answer), ["FAILURE", "IGNORED", "IGNORED"]);
        client.send("RESET");
        assert.equal((await client.answer())[0], "SUCCESS");
      }
      client.send("RUN", "RETURN 1", {}, {});
      client.send("RUN", "RETURN 1", {}, {});
      assert.equal((await client.answers(2))[1]?.[1].code, INVALID);
      client.send("RESET");
      client.send("RUN", "RETURN three", {}, {});
      client.send("PULL", { n: 0n });
      assert.equal((await client.answers(3))[2]?.[1].code, INVALID);
    });
  });

  test("RESET overtakes what waits before it", async () => {
    const begun = Promise.withResolvers<void>();
    const held = Promise.withResolvers<void>();
    const slow = async ({ cypher }: { cypher: string }) => {
      if (cypher !== "RETURN slow") return undefined;
      begun.resolve();
      await held.promise;
      return [{ x: 1 }];
    };
    await withServer(async (client) => {
      await client.logOn();
      client.send("RUN", "RETURN slow", {}, {});
      await begun.promise;
      client.send("PULL", { n: -1n });
      client.send("RUN", "RETURN 1", {}, {});
      client.send("RESET");
      client.send("RESET");
      await new Promise((resolve) => setTimeout(resolve, 20));
      held.resolve();
      const got = (await client.answers(5)).map(([name]) => name);
      assert.deepEqual(got, ["SUCCESS", "IGNORED", "IGNORED", "IGNORED", "SUCCESS"]);
    }, { engine: cannedEngine({ answers: slow }) });
  });

  test("RESET interrupts a result that is being sent", async () => {
    await withServer(async (client) => {
      await client.logOn();
      client.socket.pause();
      client.send("RUN", "RETURN many", {}, {});
      client.send("PULL", { n: -1n });
      await new Promise((resolve) => setTimeout(resolve, 50));
      client.send("RUN", "RETURN 1", {}, {});
      client.send("RESET");
      await new Promise((resolve) => setTimeout(resolve, 50));
      client.socket.resume();
      let records = 0;
      let answer = await client.answer();
      assert.equal(answer[0], "SUCCESS");
      for (answer = await client.answer(); answer[0] === "RECORD"; answer = await client.answer()) {
        records += 1;
      }
      assert.ok(records < 20_000, `${records} records came before RESET was heard`);
      assert.deepEqual([answer, ...await client.answers(2)].map(([name]) => name), [
        "IGNORED",
        "IGNORED",
        "SUCCESS",
      ]);
      client.send("RUN", "RETURN 1", {}, {});
      assert.equal((await client.answer())[0], "SUCCESS");
    });
  });

  test("answers ROUTE with the advertised address, TELEMETRY, and GOODBYE by closing", async () => {
    await withServer(async (client, port) => {
      await client.logOn();
      client.send("ROUTE", {}, [], { db: null });
      client.send("TELEMETRY", 1n);
      const [route, telemetry] = await client.answers(2);
      assert.equal(telemetry?.[0], "SUCCESS");
      assert.deepEqual(route?.[1].rt, {
        ttl: 10n,
        db: "neo4j",
        servers: ["WRITE", "READ", "ROUTE"].map((role) => ({
          addresses: [`127.0.0.1:${port}`],
          role,
        })),
      });
      client.send("GOODBYE");
      await client.closed;
    });
  });
});
