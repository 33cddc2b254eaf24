import assert from "node:assert/strict";
import {
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  truncate,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import process from "node:process";
import { DatabaseSync } from "node:sqlite";
import { describe, test } from "node:test";
import { openSqlite } from "../../src/store/sqlite.ts";
import { toJournalError } from "../../src/store/sqlite-trouble.ts";
import { manualClock } from "../helpers/manual-clock.ts";
import { testStore } from "./conformance.ts";
import { intent, testJournal } from "./journal-conformance.ts";
import { startWorker } from "./sqlite-processes.ts";

interface Place extends AsyncDisposable {
  readonly folder: string;
  readonly file: string;
}

async function place(): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), "aura-wake-sqlite-"));
  return {
    folder,
    file: join(folder, "state", "aura.sqlite"),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Everything in a folder: what it is called and what is in it. */
async function contents(folder: string): Promise<Record<string, string>> {
  const names = await readdir(folder);
  const read = async (name: string) =>
    [name, (await readFile(join(folder, name)).catch(() => "a folder")).toString("hex")] as const;
  return Object.fromEntries(await Promise.all(names.sort().map(read)));
}

/** Makes a file of another program. */
function foreign(file: string, sql: string): DatabaseSync {
  const database = new DatabaseSync(file);
  database.exec(sql);
  return database;
}

testStore("openSqlite().store", async () => {
  const { file, [Symbol.asyncDispose]: remove } = await place();
  const clock = manualClock();
  const [one, two] = [await openSqlite(file, { clock }), await openSqlite(file, { clock })];
  return {
    store: one.store,
    other: two.store,
    advance: (ms) => clock.advance(ms),
    async close() {
      one.close();
      two.close();
      await remove();
    },
  };
});

testJournal("openSqlite().journal", async () => {
  const { file, [Symbol.asyncDispose]: remove } = await place();
  const [one, two] = [await openSqlite(file), await openSqlite(file)];
  return {
    journal: one.journal,
    other: two.journal,
    async close() {
      one.close();
      two.close();
      await remove();
    },
  };
});

describe("openSqlite", () => {
  test("openSqlite() makes folder and files that nobody else reads", async () => {
    await using at = await place();
    const { journal, close } = await openSqlite(at.file);
    await journal.append(intent("key"));
    const modeOf = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);
    assert.equal(await modeOf(dirname(at.file)), "700");
    const names = (await readdir(dirname(at.file))).sort();
    assert.deepEqual(names, ["aura.sqlite", "aura.sqlite-shm", "aura.sqlite-wal"]);
    for (const name of names) assert.equal(await modeOf(join(dirname(at.file), name)), "600", name);
    close();
    assert.deepEqual(await readdir(dirname(at.file)), ["aura.sqlite"]);
  });

  test("openSqlite() closes an empty file that was open to others", async () => {
    await using at = await place();
    const file = join(at.folder, "made-before");
    await writeFile(file, "");
    await chmod(file, 0o644);
    (await openSqlite(file)).close();
    assert.equal((await stat(file)).mode & 0o777, 0o600);
  });

  test("openSqlite() finds again what was written", async () => {
    await using at = await place();
    const first = await openSqlite(at.file);
    await first.journal.append(intent("key", { jobId: "job-1" }));
    await first.store.set("kept", "value");
    first.close();
    const { store, journal, close } = await openSqlite(at.file);
    assert.deepEqual(await journal.get("key"), intent("key", { jobId: "job-1" }));
    assert.equal(await store.get("kept"), "value");
    close();
  });

  test("openSqlite() writes in WAL mode, each change through to the disk", async () => {
    await using at = await place();
    const { close } = await openSqlite(at.file);
    const look = new DatabaseSync(at.file);
    assert.deepEqual({ ...look.prepare("PRAGMA journal_mode").get() }, { journal_mode: "wal" });
    look.close();
    close();
    const header = await readFile(at.file);
    // The mark of the file, and the version of its schema, are promises to later versions.
    assert.equal(header.subarray(68, 72).toString("latin1"), "aura");
    assert.equal(header.readUInt32BE(60), 1);
  });

  test("openSqlite() takes a name for a file, whatever it means to SQLite", async () => {
    await using at = await place();
    const options = { runtime: "bun", before: `cd '${at.folder}'` } as const;
    assert.deepEqual(await startWorker(["append", ":memory:", "w", 1], options).ended(), ["w-0"]);
    const { journal, close } = await openSqlite(join(at.folder, ":memory:"));
    assert.ok(await journal.get("w-0"));
    close();
  });

  test("set() and compareAndSet() end by the time of day", async () => {
    await using at = await place();
    const { store, close } = await openSqlite(at.file);
    await store.set("long", "value", { ttlMs: 60_000 });
    const look = new DatabaseSync(at.file);
    const { ends_at: endsAt } = look.prepare("SELECT ends_at FROM entries").get() as {
      ends_at: number;
    };
    look.close();
    close();
    assert.ok(Math.abs(endsAt - Date.now() - 60_000) < 5_000, String(endsAt));
  });

  test("close() may come twice, and what comes after it rejects", async () => {
    await using at = await place();
    const { store, journal, close } = await openSqlite(at.file);
    close();
    close();
    const closed = {
      code: "AURA_JOURNAL",
      message: `Cannot use the journal ${at.file}: it was closed already; next: open it again`,
    };
    await assert.rejects(journal.append(intent("key")), closed);
    await assert.rejects(journal.find(), closed);
    await assert.rejects(store.get("key"), closed);
    await assert.rejects(store.set("key", "value"), closed);
  });

  for (const runtime of ["bun", "deno"] as const) {
    test(`openSqlite() keeps no process of ${runtime} alive that forgets to close it`, async () => {
      await using at = await place();
      assert.deepEqual(await startWorker(["leave", at.file, "key"], { runtime }).ended(), ["key"]);
      const { journal, close } = await openSqlite(at.file);
      assert.deepEqual(await journal.get("key"), intent("key"));
      close();
    });
  }

  test("openSqlite() needs no more of Deno than to read, and to write in its folder", async () => {
    await using at = await place();
    const permissions = ["--allow-read", `--allow-write=${dirname(at.file)}`];
    const worker = startWorker(["append", at.file, "w", 2], { runtime: "deno", permissions });
    assert.deepEqual(await worker.ended(), ["w-0", "w-1"]);
    for (const allowed of [["--allow-read"], ["--allow-read=.", "--allow-write"]]) {
      const options = { runtime: "deno", permissions: allowed } as const;
      assert.deepEqual(await startWorker(["append", at.file, "v", 1], options).ended(), [
        `! AURA_JOURNAL Cannot use the journal ${at.file}: Deno may not read and write there; ` +
        "next: allow it with --allow-read and --allow-write",
      ]);
    }
  });

  /** Lets the runtime give out its modules in another way, for one piece of work. */
  async function withModules(
    give: (id: string) => object | undefined,
    work: () => Promise<void>,
  ): Promise<void> {
    const { getBuiltinModule } = process;
    process.getBuiltinModule = give as typeof getBuiltinModule;
    try {
      await work();
    } finally {
      process.getBuiltinModule = getBuiltinModule;
    }
  }

  test("openSqlite() keeps Node's remark about SQLite from stderr, and nothing else", async () => {
    await using at = await place();
    const { emitWarning, getBuiltinModule } = process;
    const warned: string[] = [];
    process.emitWarning = (warning: string | Error) => void warned.push(String(warning));
    const warn = process.emitWarning;
    try {
      await withModules((id) => {
        process.emitWarning("SQLite is an experimental feature", "ExperimentalWarning");
        return getBuiltinModule(id);
      }, async () => (await openSqlite(at.file)).close());
      assert.deepEqual(warned, []);
      assert.equal(process.emitWarning, warn);
    } finally {
      process.emitWarning = emitWarning;
    }
  });

  test("openSqlite() says what a runtime without node:sqlite lacks", async () => {
    await using at = await place();
    await withModules(() => undefined, async () => {
      await assert.rejects(openSqlite(at.file), {
        code: "AURA_JOURNAL",
        message: `Cannot use the journal ${at.file}: this runtime has no node:sqlite; ` +
          "next: use Bun, Deno, or Node 22.13 or later",
      });
    });
    assert.deepEqual(await readdir(at.folder), []);
  });

  test("openSqlite() says that a file may not be written, whoever says so", () => {
    const errors = [
      Object.assign(new Error("EACCES: permission denied, open '/node:sqlite'"), {
        code: "EACCES",
      }),
      new Error("EROFS: read-only file system, mkdir '/x'"),
      Object.assign(new Error("attempt to write a readonly database"), { errcode: 8 }),
    ];
    for (const error of errors) {
      const { code, message, cause } = toJournalError("/x", error);
      assert.equal(code, "AURA_JOURNAL");
      assert.equal(
        message,
        "Cannot use the journal /x: it may not be written; next: choose another file with AURA_WAKE_JOURNAL",
      );
      assert.equal(cause, error);
    }
  });
});

describe("openSqlite() refuses, and changes nothing:", () => {
  const OTHER_FILE = "next: choose another file with AURA_WAKE_JOURNAL";
  const cases: Record<string, readonly [(file: string) => Promise<void> | void, string]> = {
    "a text": [
      (file) => writeFile(file, "these are notes of mine\n".repeat(100)),
      `it is not a SQLite file; ${OTHER_FILE}`,
    ],
    "a short text": [
      (file) => writeFile(file, "note"),
      `it is not a SQLite file; ${OTHER_FILE}`,
    ],
    "half a header": [
      (file) => writeFile(file, "SQLite format 3\0"),
      `it is not a SQLite file; ${OTHER_FILE}`,
    ],
    "a database of another program": [
      (file) => foreign(file, "CREATE TABLE things (name TEXT)").close(),
      `it belongs to another program; ${OTHER_FILE}`,
    ],
    "a marked database of another program": [
      (file) => foreign(file, "PRAGMA application_id = 7; PRAGMA user_version = 1").close(),
      `it belongs to another program; ${OTHER_FILE}`,
    ],
    "a database of another program that has no tables yet": [
      (file) => foreign(file, "PRAGMA user_version = 3").close(),
      `it belongs to another program; ${OTHER_FILE}`,
    ],
    "a file of a newer version": [
      async (file) => {
        (await openSqlite(file)).close();
        foreign(file, "PRAGMA user_version = 2").close();
      },
      "it was written by a newer version of aura-wake; next: update aura-wake",
    ],
    "a folder": [
      (file) => mkdir(file),
      `it is a folder; ${OTHER_FILE}`,
    ],
  };
  for (const [what, [make, why]] of Object.entries(cases)) {
    test(what, async () => {
      await using at = await place();
      const file = join(at.folder, "it");
      await make(file);
      const before = await contents(at.folder);
      await assert.rejects(openSqlite(file), (error: Error & { code?: string }) => {
        assert.equal(error.code, "AURA_JOURNAL");
        assert.ok(
          error.message.startsWith(`Cannot use the journal ${file}: ${why}`),
          error.message,
        );
        return true;
      });
      assert.deepEqual(await contents(at.folder), before);
    });
  }

  for (const [what, mode] of [["a folder", 0o555], ["a file", 0o444]] as const) {
    test(`${what} that may only be read`, async () => {
      await using at = await place();
      (await openSqlite(at.file)).close();
      const closed = what === "a folder" ? dirname(at.file) : at.file;
      await chmod(closed, mode);
      const before = await contents(dirname(at.file));
      try {
        // Root may write all the same.
        if (process.getuid?.() === 0) return;
        await assert.rejects(openSqlite(at.file), {
          code: "AURA_JOURNAL",
          message: `Cannot use the journal ${at.file}: it may not be written; ${OTHER_FILE}`,
        });
        assert.deepEqual(await contents(dirname(at.file)), before);
      } finally {
        await chmod(closed, 0o700);
      }
    });
  }

  test("a database that another program has open", async () => {
    await using at = await place();
    const file = join(at.folder, "it");
    const owner = foreign(file, "PRAGMA journal_mode = WAL; CREATE TABLE things (name TEXT)");
    const before = await contents(at.folder);
    assert.deepEqual(Object.keys(before), ["it", "it-shm", "it-wal"]);
    await assert.rejects(openSqlite(file), { code: "AURA_JOURNAL" });
    assert.deepEqual(await contents(at.folder), before);
    owner.close();
  });

  test("a newer version that is still in the log", async () => {
    await using at = await place();
    (await openSqlite(at.file)).close();
    const newer = foreign(at.file, "PRAGMA user_version = 2; CREATE TABLE new_things (name TEXT)");
    await assert.rejects(openSqlite(at.file), {
      code: "AURA_JOURNAL",
      message: /: it was written by a newer version of aura-wake; next: update aura-wake$/,
    });
    assert.equal(newer.prepare("SELECT count(*) AS n FROM new_things").get()?.["n"], 0);
    newer.close();
  });

  test("a file that was cut off", async () => {
    await using at = await place();
    const { journal, close } = await openSqlite(at.file);
    for (let index = 0; index < 50; index++) {
      await journal.append(intent(`${index}`, { message: "x".repeat(1_000) }));
    }
    close();
    await truncate(at.file, 6_000);
    await assert.rejects(openSqlite(at.file), {
      code: "AURA_JOURNAL",
      message: `Cannot use the journal ${at.file}: it is damaged; next: move it away, so that a ` +
        "new one is made, and keep it: it has the ids of import jobs",
    });
    assert.equal((await stat(at.file)).size, 6_000);
  });

  for (const folder of ["a-file/state", "a-file"]) {
    test(`a folder that cannot be made (${folder})`, async () => {
      await using at = await place();
      await writeFile(join(at.folder, "a-file"), "text");
      await assert.rejects(openSqlite(join(at.folder, folder, "aura.sqlite")), {
        code: "AURA_JOURNAL",
        message: /^Cannot use the journal .*: E(?:NOTDIR|EXIST).*; next: choose another file/,
      });
    });
  }
});

describe("several processes on one file", () => {
  test("compareAndSet() loses no update between Bun and Deno", async () => {
    await using at = await place();
    const workers = (["bun", "deno", "bun", "deno"] as const).map((runtime) =>
      startWorker(["count", at.file, runtime, 100], { runtime })
    );
    for (const worker of workers) assert.deepEqual(await worker.ended(), []);
    const { store, close } = await openSqlite(at.file);
    assert.equal(await store.get("count"), "400");
    close();
  });

  test("openSqlite() may be called by all at once where there is no file", async () => {
    await using at = await place();
    const workers = Array.from(
      { length: 6 },
      (_, index) =>
        startWorker(["append", at.file, `w${index}`, 5], { runtime: index % 2 ? "bun" : "deno" }),
    );
    const said = (await Promise.all(workers.map((worker) => worker.ended()))).flat();
    assert.equal(said.length, 30);
    const { journal, close } = await openSqlite(at.file);
    const { records } = await journal.find();
    assert.deepEqual(records.map(({ key }) => key).sort(), said.toSorted());
    close();
  });

  test("append() waits for another process that writes", async () => {
    await using at = await place();
    const { journal, close } = await openSqlite(at.file);
    const holder = startWorker(["hold", at.file, "", 300], { runtime: "bun" });
    await holder.printed(1);
    await journal.append(intent("key"));
    assert.deepEqual(await journal.get("key"), intent("key"));
    close();
    await holder.ended();
  });

  test("openSqlite() waits for the file to itself, which the mode it writes in needs once", async () => {
    await using at = await place();
    (await openSqlite(at.file)).close();
    foreign(at.file, "PRAGMA journal_mode = DELETE").close();
    const holder = startWorker(["hold", at.file, "", 300], { runtime: "bun" });
    await holder.printed(1);
    const { journal, close } = await openSqlite(at.file);
    await journal.append(intent("key"));
    const names = (await readdir(dirname(at.file))).sort();
    assert.deepEqual(names, ["aura.sqlite", "aura.sqlite-shm", "aura.sqlite-wal"]);
    close();
    await holder.ended();
  });

  test("openSqlite() takes over what another process has made meanwhile", async () => {
    await using at = await place();
    const template = join(at.folder, "template");
    (await openSqlite(template)).close();
    const look = new DatabaseSync(template);
    const made = look.prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL").all();
    look.close();
    const steps = [
      ...made.map((row) => row["sql"]),
      `PRAGMA application_id = ${0x61757261}`,
      "PRAGMA user_version = 1",
      `INSERT INTO entries VALUES ('"key"', '"theirs"', NULL)`,
    ];
    const file = join(at.folder, "new");
    const holder = startWorker(["hold", file, steps.join(";"), 300], { runtime: "bun" });
    await holder.printed(1);
    const { store, close } = await openSqlite(file);
    assert.equal(await store.get("key"), "theirs");
    close();
    await holder.ended();
  });

  for (const runtime of ["bun", "deno"] as const) {
    test(`append() has written what it says when ${runtime} is killed`, async () => {
      await using at = await place();
      const worker = startWorker(["append", at.file, "w", 1_000_000], { runtime });
      await worker.printed(20);
      await worker.kill();
      const said = worker.lines();
      // What a crash leaves behind is as private as the rest.
      assert.equal((await stat(`${at.file}-wal`)).mode & 0o777, 0o600);
      const { journal, close } = await openSqlite(at.file);
      for (const key of said) assert.equal((await journal.get(key))?.state, "unconfirmed", key);
      await journal.append(intent("goes on"));
      close();
    });

    test(`append() says when nothing more can be written under ${runtime}, and keeps what it has said`, async () => {
      await using at = await place();
      // No file may grow beyond 400 blocks of 512 bytes; without the trap the signal would end the process.
      const before = "trap '' XFSZ; ulimit -f 400";
      const worker = startWorker(["append", at.file, "w", 1_000], { runtime, before });
      const said = [...await worker.ended()];
      const complaint = said.pop();
      assert.match(
        String(complaint),
        /^! AURA_JOURNAL Cannot use the journal .*aura\.sqlite: /,
      );
      assert.ok(said.length > 5, String(said.length));
      const { journal, close } = await openSqlite(at.file);
      for (const key of said) assert.ok(await journal.get(key), key);
      await journal.append(intent("goes on"));
      close();
    });
  }
});
