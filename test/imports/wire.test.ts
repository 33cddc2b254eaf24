import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, test } from "node:test";
import { createAura } from "../../mod.ts";
import { createImports } from "../../src/imports/create-imports.ts";
import type { JobRecord } from "../../src/store/journal.ts";
import { memoryJournal } from "../../src/store/memory-journal.ts";
import { JOB, WANTED } from "./setup.ts";

interface Outcome {
  readonly code: string | undefined;
  readonly record: JobRecord | undefined;
  /** How many requests have come in whole. */
  readonly count: number;
}

/** Starts one import at a server that answers so; without an answer, at a door that is shut. */
async function startAt(answer: RequestListener | undefined): Promise<Outcome> {
  let count = 0;
  const server = createServer((request, response) => {
    request.resume().on("end", () => {
      count++;
      answer?.(request, response);
    });
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    if (server.listening) await once(server.close(), "close");
  };
  if (answer === undefined) await close();
  const journal = memoryJournal();
  const aura = createAura({
    baseUrl: `http://127.0.0.1:${port}`,
    credentials: { token: "ready" },
    timeoutMs: 300,
  });
  try {
    const started = await createImports({ aura, journal }).start(WANTED).catch((error) => error);
    const [record] = (await journal.find()).records;
    return { code: (started as { code?: string }).code, record, count };
  } finally {
    await close();
  }
}

describe("imports.start over the wire", () => {
  const doubtful: Record<string, RequestListener> = {
    "is reset": (request) => void request.socket.destroy(),
    "is silent": () => {},
    "breaks off in its headers": (request) => void request.socket.end("HTTP/1.1 201 Created\r\n"),
    "breaks off in its body": (request) =>
      void request.socket.end(
        'HTTP/1.1 201 Created\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{"data":',
      ),
    "is no HTTP": (request) => void request.socket.end("SSH-2.0-OpenSSH_9.6\r\n"),
  };
  for (const [what, answer] of Object.entries(doubtful)) {
    test(`start() stays unconfirmed when the answer ${what}, and is sent once`, async () => {
      const { code, record, count } = await startAt(answer);
      assert.deepEqual([code, record?.state, count], ["AURA_UNCONFIRMED", "unconfirmed", 1]);
    });
  }

  test("start() is refused where nobody listens: nothing can have been started", async () => {
    const { code, record } = await startAt(undefined);
    assert.deepEqual([code, record?.state], ["AURA_UNREACHABLE", "refused"]);
  });

  test("start() keeps the id that comes", async () => {
    const { record, count } = await startAt((_request, response) => {
      response.writeHead(201, { "content-type": "application/json" })
        .end(JSON.stringify({ data: { id: JOB } }));
    });
    assert.deepEqual([record?.state, record?.jobId, count], ["submitted", JOB, 1]);
  });
});
