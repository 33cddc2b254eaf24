import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import type { JobRecord } from "../../src/store/journal.ts";
import { openSqlite } from "../../src/store/sqlite.ts";
import { startWorker, type Worker } from "../store/sqlite-processes.ts";

const file = fileURLToPath(new URL("./start-worker.ts", import.meta.url));

/** What an Aura that starts everything, and the journal, know after the process was killed. */
interface Aftermath {
  /** The jobs that Aura has started. */
  readonly started: readonly string[];
  /** The jobs that the process knew of. */
  readonly said: readonly string[];
  readonly records: readonly JobRecord[];
}

/** Lets a process start imports, and kills it at the moment that `kill` chooses. */
async function killed(
  runtime: "bun" | "deno",
  isTheMoment: (started: number) => "now" | "after the answer" | undefined,
): Promise<Aftermath> {
  const folder = await mkdtemp(join(tmpdir(), "aura-wake-killed-"));
  const started: string[] = [];
  let dead: Promise<void> | undefined;
  let worker: Worker | undefined;
  const server = createServer((request, response) => {
    request.resume().on("end", () => {
      const id = `job-${started.length + 1}`;
      started.push(id);
      const moment = isTheMoment(started.length);
      if (moment === "now") dead = worker?.kill();
      else response.setHeader("content-type", "application/json").end(`{"data":{"id":"${id}"}}`);
      // Not at once: the answer has to leave first.
      if (moment === "after the answer") setTimeout(() => void (dead = worker?.kill()), 0);
    });
  });
  try {
    await once(server.listen(0, "127.0.0.1"), "listening");
    const { port } = server.address() as AddressInfo;
    const journalFile = join(folder, "state.sqlite");
    worker = startWorker([journalFile, `http://127.0.0.1:${port}`], { runtime, file });
    await assert.rejects(worker.ended(), /failed/);
    await dead;
    const { journal, close } = await openSqlite(journalFile);
    const { records } = await journal.find({ limit: 10_000 });
    close();
    return { started, said: worker.lines(), records };
  } finally {
    server.closeAllConnections();
    server.close();
    await rm(folder, { recursive: true, force: true });
  }
}

describe("a process that is killed", () => {
  for (const runtime of ["bun", "deno"] as const) {
    test(`start() under ${runtime} leaves an unconfirmed record of a job without an answer`, async () => {
      const { started, said, records } = await killed(
        runtime,
        (count) => count === 4 ? "now" : undefined,
      );
      assert.deepEqual(started, ["job-1", "job-2", "job-3", "job-4"]);
      assert.deepEqual(said, ["job-1", "job-2", "job-3"]);
      const kept = records.map(({ state, jobId }) => [state, jobId]);
      assert.deepEqual(kept, [
        ["unconfirmed", undefined],
        ["submitted", "job-3"],
        ["submitted", "job-2"],
        ["submitted", "job-1"],
      ]);
    });

    test(`start() under ${runtime} has a record of each job, whenever it is killed`, async () => {
      for (const last of [1, 2, 7]) {
        const { started, said, records } = await killed(
          runtime,
          (count) => count === last ? "after the answer" : undefined,
        );
        const known = records.filter(({ state }) => state === "submitted");
        const doubtful = records.filter(({ state }) => state === "unconfirmed");
        assert.equal(known.length + doubtful.length, records.length);
        // There is never more than one in doubt, and none that was started is without a record.
        assert.ok(doubtful.length <= 1, String(doubtful.length));
        assert.ok(records.length >= started.length, `${records.length} of ${started.length}`);
        const ids = known.map(({ jobId }) => jobId);
        assert.deepEqual(said.filter((id) => !ids.includes(id)), []);
      }
    });
  }
});
