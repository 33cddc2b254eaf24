import assert from "node:assert/strict";
import { createServer } from "node:net";
import { after, before, describe, test } from "node:test";
import { type Emulator, startEmulator } from "../../src/emulator/mod.ts";
import {
  type BoltSession,
  connect,
  type Connection,
  type ConnectOptions,
  fromEnv,
} from "../../src/neo4j/mod.ts";
import { classify } from "../../src/wake/classify.ts";
import { BEGIN, COMMIT, holdsMessage, type Proxy, RUN, startProxy } from "./proxy.ts";
import { type TableEngine, tableEngine } from "./table-engine.ts";

async function failure(promise: Promise<unknown>): Promise<Error & { code?: string }> {
  return await promise.then(() => assert.fail("must fail"), (error) => error);
}

function elapsed(): () => number {
  const begin = performance.now();
  return () => performance.now() - begin;
}

/** Resolves when a condition holds; a socket's end takes a moment to be seen. */
async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; !condition(); tries++) {
    assert.ok(tries < 200, "takes too long");
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

describe("connect() over Bolt", () => {
  let emulator: Emulator;
  let engine: TableEngine;
  let proxy: Proxy;
  let direct: ConnectOptions;
  before(async () => {
    engine = tableEngine();
    emulator = await startEmulator({ instances: [{ engine }], resumeMs: 50 });
    direct = fromEnv(emulator.env());
    proxy = await startProxy(Number(new URL(direct.uri.replace("neo4j:", "http:")).port));
  });
  after(async () => {
    await proxy.close();
    await emulator.close();
  });

  /** A connection through the proxy, with nothing that wakes. */
  async function through(
    use: (db: Connection<BoltSession>) => Promise<void>,
    extra: Partial<ConnectOptions> = {},
  ): Promise<void> {
    const uri = `bolt://127.0.0.1:${proxy.port}`;
    const db = connect({ ...direct, uri, aura: undefined, ...extra });
    try {
      await use(db);
    } finally {
      proxy.silent = false;
      proxy.cut = () => false;
      await db.close();
    }
    // One that hangs in its handshake is out of everybody's reach.
    if (!extra.driverConfig) await until(() => proxy.open() === 0);
  }

  test("connect() opens nothing before the first query", async () => {
    const before = proxy.accepted;
    await through(() => new Promise((resolve) => setTimeout(resolve, 20)));
    assert.equal(proxy.accepted, before);
  });

  test("read(), write(), run() and verifyConnectivity() work", async () => {
    await through(async (db) => {
      await db.verifyConnectivity();
      assert.deepEqual(await db.read("RETURN $p", { p: 1 }), [{ v: 1 }]);
      assert.deepEqual(await db.write("RETURN $p", { p: "x" }), [{ v: "x" }]);
      const commits = engine.commits;
      const seen = await db.run(async (session) => {
        const { records } = await session.run("RETURN $p", { p: "auto" });
        const inRead = await session.executeRead(async (tx) =>
          (await tx.run("read")).records[0]!.get("v")
        );
        const inWrite = await session.executeWrite(async (tx) =>
          (await tx.run("write")).records[0]!.toObject()
        );
        const tx = await session.beginTransaction();
        await tx.run("by hand");
        await tx.rollback();
        return [records[0]!.get("v"), Number(inRead), Number(inWrite["v"])];
      });
      assert.deepEqual(seen, ["auto", 1, 1]);
      assert.equal(engine.commits - commits, 3);
    });
  });

  test("write() rolls back and keeps the connection after a statement's error", async () => {
    await through(async (db) => {
      const wrong = connect({
        ...direct,
        uri: `bolt://127.0.0.1:${proxy.port}`,
        aura: undefined,
        password: "wrong",
      });
      const error = await failure(wrong.read("RETURN 1"));
      assert.equal(error.code, "Neo.ClientError.Security.Unauthorized");
      assert.equal(classify(error).kind, "not-paused");
      await wrong.close();
      await db.read("RETURN 1");
    });
  });

  test("write() never runs again after a commit that failed, and marks it", async () => {
    await through(async (db) => {
      engine.ran.length = 0;
      proxy.cut = (bytes) => holdsMessage(bytes, COMMIT);
      const error = await failure(db.write("CREATE once"));
      assert.match(error.message, /closed by server|ECONNRESET/);
      assert.equal(classify(error).reached, "maybe");
      assert.deepEqual(engine.ran, ["CREATE once"]);
    });
  });

  test("executeWrite() of a session never runs again after a commit that failed", async () => {
    await through(async (db) => {
      engine.ran.length = 0;
      proxy.cut = (bytes) => holdsMessage(bytes, COMMIT);
      const error = await failure(
        db.run((session) => session.executeWrite((tx) => tx.run("CREATE managed"))),
      );
      assert.equal(classify(error).reached, "maybe");
      assert.deepEqual(engine.ran, ["CREATE managed"]);
    });
  });

  test("write() tries once more on a stale connection, since its statement was not sent", async () => {
    await through(async (db) => {
      await db.read("RETURN 1");
      const { accepted } = proxy;
      proxy.cut = (bytes) => holdsMessage(bytes, BEGIN) && proxy.accepted === accepted;
      engine.ran.length = 0;
      assert.deepEqual(await db.write("CREATE stale"), [{ v: 1 }]);
      // One to see whether the host still answers, and one for the second try.
      assert.deepEqual([proxy.accepted - accepted, engine.ran], [2, ["CREATE stale"]]);
    });
  });

  test("write() says that nothing was done when it fails before its statement was sent", async () => {
    await through(async (db) => {
      proxy.cut = (bytes) => holdsMessage(bytes, BEGIN);
      const error = await failure(db.write("CREATE lost"));
      assert.deepEqual([classify(error).kind, classify(error).reached], ["ambiguous", "no"]);
    });
  });

  test("write() does not run again when its connection breaks in the statement", async () => {
    await through(async (db) => {
      engine.ran.length = 0;
      let cuts = 0;
      proxy.cut = (bytes) => holdsMessage(bytes, RUN) && ++cuts > 0;
      const error = await failure(db.write("CREATE once"));
      assert.deepEqual([classify(error).kind, classify(error).reached], ["ambiguous", "maybe"]);
      assert.equal(cuts, 1);
      const read = await failure(db.read("RETURN 1"));
      assert.equal(classify(read).reached, "maybe");
    });
  });

  test("run() may have arrived when an earlier query of its work did", async () => {
    await through(async (db) => {
      const elsewhere = new Error("connect ECONNREFUSED 127.0.0.1:1");
      const early = await failure(db.run(() => Promise.reject(elsewhere)));
      assert.equal(classify(early).reached, "no");
      const late = await failure(db.run(async (session) => {
        await session.run("CREATE first");
        throw elsewhere;
      }));
      assert.equal(late, elsewhere);
      assert.equal(classify(late).reached, "maybe");
      const failing = new Error("connect ECONNREFUSED 127.0.0.1:1");
      const after = await failure(db.run(async (session) => {
        await session.run("CREATE first");
        await session.executeWrite(() => Promise.reject(failing));
      }));
      assert.equal(after, failing);
      assert.equal(classify(after).reached, "maybe");
    });
  });

  test("run() may have arrived when its work got over an earlier failure", async () => {
    await through(async (db) => {
      proxy.cut = (bytes) => holdsMessage(bytes, RUN);
      const error = await failure(db.run(async (session) => {
        await failure(Promise.resolve(session.run("CREATE first")));
        await session.executeWrite(() => Promise.reject(new Error("connect ECONNREFUSED")));
      }));
      assert.equal(classify(error).reached, "maybe");
    });
  });

  test("executeWrite() of a session repeats after a deadlock, also where the driver would not", async () => {
    await through(async (db) => {
      const deadlock = Object.assign(new Error("deadlock"), {
        code: "Neo.TransientError.Transaction.DeadlockDetected",
        retryable: true,
      });
      let tries = 0;
      const result = await db.run((session) =>
        session.executeWrite(async (tx) => {
          await tx.run("RETURN 1");
          if (++tries < 3) throw deadlock;
          return "done";
        })
      );
      assert.deepEqual([result, tries], ["done", 3]);
    });
  });

  test("read() is bounded on a connection that has silently died, and close() leaves nothing open", async () => {
    await through(async (db) => {
      await db.read("RETURN 1");
      proxy.silent = true;
      const ms = elapsed();
      const error = await failure(db.read("RETURN 1"));
      assert.equal(error.name, "TimeoutError");
      assert.match(
        error.message,
        /^Cannot finish the query: the database did not answer in 700 ms$/,
      );
      assert.equal(classify(error).kind, "ambiguous");
      assert.ok(ms() < 2_000);
      await until(() => proxy.open() === 0);
      proxy.silent = false;
      assert.deepEqual(await db.read("RETURN 1"), [{ v: 1 }]);
    }, { queryTimeoutMs: 200 });
  });

  test("write() that was given up is never committed", async () => {
    await through(async (db) => {
      await db.read("RETURN 1");
      const commits = engine.commits;
      const controller = new AbortController();
      const reason = new Error("left");
      proxy.cut = (bytes) => {
        if (holdsMessage(bytes, RUN)) controller.abort(reason);
        return false;
      };
      const error = await failure(db.write("CREATE n", {}, { signal: controller.signal }));
      assert.equal(error, reason);
      await new Promise((resolve) => setTimeout(resolve, 50));
      assert.equal(engine.commits, commits);
    });
  });

  test("run() is bounded too, and ends with the caller", async () => {
    await through(async (db) => {
      const error = await failure(db.run(() => new Promise(() => {})));
      assert.equal(error.name, "TimeoutError");
      const controller = new AbortController();
      const waiting = db.run(() => new Promise(() => {}), { signal: controller.signal });
      setTimeout(() => controller.abort(new Error("left")), 10);
      assert.equal((await failure(waiting)).message, "left");
    }, { queryTimeoutMs: 100 });
  });

  test("close() ends a query that hangs, and refuses later ones", async () => {
    const db = connect({ ...direct, uri: `bolt://127.0.0.1:${proxy.port}`, aura: undefined });
    await db.read("RETURN 1");
    proxy.silent = true;
    const hanging = failure(db.read("RETURN 1"));
    await new Promise((resolve) => setTimeout(resolve, 20));
    await db.close();
    await until(() => proxy.open() === 0);
    proxy.silent = false;
    for (const error of [await hanging, await failure(db.read("RETURN 1"))]) {
      assert.equal(error.code, "AURA_NO_CONNECTION");
      assert.equal(error.message, "Cannot query: this connection is closed");
    }
  });

  for (const scheme of ["bolt", "neo4j"]) {
    test(`read() from a closed port fails in less than a second over ${scheme}`, async () => {
      const server = createServer();
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      const { port } = server.address() as { port: number };
      await new Promise((resolve) => server.close(resolve));
      const db = connect({ uri: `${scheme}://127.0.0.1:${port}`, password: "x" });
      const ms = elapsed();
      const error = await failure(db.write("CREATE n"));
      assert.ok(ms() < 1_000, `${ms()}`);
      assert.deepEqual(classify(error), { kind: "ambiguous", reason: "refused", reached: "no" });
      await db.close();
    });

    test(`read() from a host that takes the connection and says nothing fails over ${scheme}`, async () => {
      proxy.silent = true;
      await through(async (db) => {
        const error = await failure(db.write("CREATE n"));
        assert.deepEqual(classify(error), {
          kind: "ambiguous",
          reason: "connect-timeout",
          reached: "no",
        });
        await until(() => proxy.open() === 0);
      }, {
        uri: `${scheme}://127.0.0.1:${proxy.port}`,
        driverConfig: { connectionTimeout: 300 },
      });
    });
  }

  test("connect() bounds what the driver leaves at a minute", async () => {
    const text = await import("node:fs/promises").then((fs) =>
      fs.readFile(new URL("../../src/neo4j/bolt.ts", import.meta.url), "utf8")
    );
    assert.match(text, /const CONNECT_MS = 5_000;[^]*connectionTimeout: CONNECT_MS/);
    assert.match(text, /connectionAcquisitionTimeout: 10_000/);
  });

  test("read() on a connection that died silently ends long before its time-out", {
    timeout: 30_000,
  }, async () => {
    await through(async (db) => {
      await db.read("RETURN 1");
      proxy.silent = true;
      const ms = elapsed();
      const error = await failure(db.read("RETURN 1"));
      assert.equal(error.name, "TimeoutError");
      assert.ok(ms() >= 5_000 && ms() < 7_000, `${ms()} ms`);
      assert.equal(classify(error).kind, "ambiguous");
      proxy.silent = false;
    }, { driverConfig: { connectionTimeout: 500 } });
  });

  test("a wrong password or database ends the wake: the database has answered", async () => {
    const env = emulator.env();
    for (const wrong of [{ password: "wrong" }, { database: "nowhere" }]) {
      const db = connect({ ...fromEnv(env), ...wrong });
      await emulator.pause();
      const error = await failure(db.read("RETURN 1", {}, { waitMs: 4_000 }));
      assert.match(
        String(error.code),
        /^Neo\.ClientError\.(Security\.Unauthorized|Database\.DatabaseNotFound)$/,
      );
      await db.close();
    }
  });

  test("write() wakes a paused instance and runs", async () => {
    const db = connect(fromEnv(emulator.env()));
    await db.read("RETURN 1");
    await emulator.pause();
    engine.ran.length = 0;
    assert.deepEqual(await db.write("CREATE woken"), [{ v: 1 }]);
    assert.equal(engine.ran.filter((cypher) => cypher === "CREATE woken").length, 1);
    assert.equal(db.waker?.stats().resumeCalls, 1);
    await db.close();
  });

  test("verifyConnectivity() never wakes", async () => {
    const db = connect(fromEnv(emulator.env()));
    await emulator.pause();
    emulator.clearRequests();
    await failure(db.verifyConnectivity());
    assert.deepEqual(emulator.requests(), []);
    await emulator.resume();
    await db.verifyConnectivity();
    await db.close();
  });
});
