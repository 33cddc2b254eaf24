import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type Emulator, startEmulator } from "../../src/emulator/mod.ts";
import type { PauseMode } from "../../src/emulator/pause-mode.ts";
import { connect, type Connection, fromEnv } from "../../src/neo4j/mod.ts";
import { type TableEngine, tableEngine } from "./table-engine.ts";

const MODES: readonly PauseMode[] = ["refuse", "reset", "silent", "unavailable", "unresolvable"];

interface Stage {
  readonly emulator: Emulator;
  readonly engine: TableEngine;
  readonly db: Connection;
}

async function onStage(
  over: "Bolt" | "the Query API",
  pauseMode: PauseMode,
  play: (stage: Stage) => Promise<void>,
): Promise<void> {
  const engine = tableEngine();
  const emulator = await startEmulator({ instances: [{ engine }], pauseMode, resumeMs: 100 });
  const options = fromEnv(emulator.env());
  const db = connect({
    ...options,
    ...(over === "the Query API" && { uri: options.queryApiUrl! }),
    queryTimeoutMs: 400,
    fetch: emulator.fetch,
    driverConfig: { resolver: emulator.resolver, connectionAcquisitionTimeout: 400 },
  });
  try {
    await play({ emulator, engine, db });
  } finally {
    await db.close();
    await emulator.close();
  }
}

describe("a connection to an instance that is paused", () => {
  for (const over of ["Bolt", "the Query API"] as const) {
    for (const mode of MODES) {
      test(`read() over ${over} wakes it, ${mode}, with a cold connection`, async () => {
        await onStage(over, mode, async ({ emulator, db }) => {
          await emulator.pause();
          assert.deepEqual(await db.read("RETURN $p", { p: "awake" }), [{ v: "awake" }]);
          const { resumeCalls, replays } = db.waker!.stats();
          assert.deepEqual({ resumeCalls, replays }, { resumeCalls: 1, replays: 1 });
        });
      });

      test(`read() over ${over} wakes it, ${mode}, with a warm connection`, async () => {
        await onStage(over, mode, async ({ emulator, db }) => {
          await db.read("RETURN 1");
          await emulator.pause();
          assert.deepEqual(await db.read("RETURN $p", { p: "awake" }), [{ v: "awake" }]);
          assert.equal(db.waker?.stats().resumeCalls, 1);
        });
      });

      test(`write() over ${over} commits once at most, ${mode}`, async () => {
        await onStage(over, mode, async ({ emulator, engine, db }) => {
          await db.write("RETURN 1");
          await emulator.pause();
          engine.ran.length = 0;
          const outcome = await db.write("CREATE n").then(() => "served", () => "failed");
          // Over Bolt nothing is committed before COMMIT is sent; over HTTP the request may have been all.
          const sure = over === "Bolt" || mode === "refuse" || mode === "unresolvable";
          assert.equal(outcome, sure ? "served" : "failed");
          assert.equal(engine.ran.filter((cypher) => cypher === "CREATE n").length, sure ? 1 : 0);
          assert.equal(emulator.status(), "running");
        });
      });
    }

    test(`a hundred queries over ${over} share one wake`, async () => {
      await onStage(over, "refuse", async ({ emulator, db }) => {
        await emulator.pause();
        const all = await Promise.all(
          Array.from({ length: 100 }, (_, at) => db.read("RETURN $p", { p: at })),
        );
        assert.deepEqual(all, Array.from({ length: 100 }, (_, at) => [{ v: at }]));
        assert.equal(emulator.requests("POST /v1/instances/:id/resume").length, 1);
      });
    });
  }
});
