import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, test } from "node:test";
import { Secret } from "../../../src/secret.ts";
import { systemClock } from "../../../src/system-clock.ts";
import { directions } from "../../../src/cli/directions.ts";
import { openSecrets } from "../../../src/cli/secrets/open-secrets.ts";
import { fileSink } from "../../../src/operate/secrets/file-sink.ts";
import { saveInstance } from "../../../src/operate/secrets/save-instance.ts";
import { openSecretFile } from "../../../src/operate/secrets/secret-file.ts";

describe("openSecretFile()", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "aura-wake-secret-"));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  test("write() keeps it for its owner alone", async () => {
    const file = await openSecretFile(join(folder, "a/b.txt"));
    await file.write("secret");
    assert.equal(await readFile(file.path, "utf8"), "secret");
    assert.equal((await stat(file.path)).mode & 0o777, 0o600);
    await assert.rejects(openSecretFile(file.path), { code: "FILE" });
  });

  test("rename() overwrites nothing: it stays where it was then", async () => {
    await writeFile(join(folder, "taken.txt"), "precious");
    const file = await openSecretFile(join(folder, "a.txt"));
    await file.write("secret");
    assert.equal(await file.rename("taken.txt"), join(folder, "a.txt"));
    assert.equal(await readFile(join(folder, "taken.txt"), "utf8"), "precious");
    assert.equal(await file.rename("free.txt"), join(folder, "free.txt"));
    assert.deepEqual((await readdir(folder)).toSorted(), ["free.txt", "taken.txt"]);
    assert.equal(await readFile(join(folder, "free.txt"), "utf8"), "secret");
  });

  test("discard() leaves nothing behind", async () => {
    const file = await openSecretFile(join(folder, "a.txt"));
    await file.discard();
    assert.deepEqual(await readdir(folder), []);
  });
});

describe("fileSink()", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "aura-wake-sink-"));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });
  const clock = { now: () => Date.UTC(2026, 1, 4, 10, 11, 12) };

  test("an instance's file is named after what it is called, then after its id", async () => {
    const place = await fileSink({ folder, clock }).open({ kind: "instance", name: "my orders" });
    assert.equal(place.path, join(folder, "Neo4j-my-orders-Created-2026-02-04.txt"));
    await place.write("secret");
    const final = join(folder, "Neo4j-a1b2c3d4-Created-2026-02-04.txt");
    assert.equal(await place.rename?.("a1b2c3d4"), final);
    assert.deepEqual(await readdir(folder), ["Neo4j-a1b2c3d4-Created-2026-02-04.txt"]);
    assert.equal((await stat(final)).mode & 0o777, 0o600);
  });

  test("a key's file has the time in its name, and a path that is given stays as it is", async () => {
    const sink = fileSink({ folder, clock });
    const key = await sink.open({ kind: "key", name: "movies/default" });
    assert.equal(key.path, join(folder, "aura-graphql-movies-default-2026-02-04T10-11-12.txt"));
    const given = await sink.open({ kind: "instance", name: "orders", path: "a/b.txt" });
    assert.equal(given.path, join(folder, "a/b.txt"));
    assert.deepEqual([key.rename, given.rename], [undefined, undefined]);
    await key.discard();
    await given.discard();
  });

  test("a place that is taken ends it, and says what else could be done", async () => {
    const path = join(folder, "a.txt");
    await writeFile(path, "precious");
    const sink = fileSink({ folder, clock, otherPlace: "choose another place" });
    await assert.rejects(sink.open({ kind: "key", name: "movies", path }), {
      code: "FILE",
      message: `Cannot write ${path}: it exists already, and nothing was sent`,
      suggestion: "choose another place",
    });
  });
});

describe("saveInstance()", () => {
  const created = {
    id: "a1b2c3d4",
    name: "orders",
    tenant_id: "t1",
    cloud_provider: "gcp",
    connection_url: "neo4j+s://a1b2c3d4.databases.neo4j.io",
    username: "neo4j",
    password: new Secret("once-only-password"),
  };

  test("a password that cannot be written where it should be is kept elsewhere, and said", async () => {
    const elsewhere = join(tmpdir(), "Neo4j-a1b2c3d4-Created.txt");
    await rm(elsewhere, { force: true });
    const place = {
      path: "/full/a.txt",
      write: () => Promise.reject(Object.assign(new Error("no space"), { code: "ENOSPC" })),
      rename: () => Promise.reject(new Error("not asked for")),
      discard: () => Promise.resolve(),
    };
    const stderr = { isTty: false, isClosed: false, columns: undefined, write() {} };
    const secrets = openSecrets({ cwd: "/", clock: systemClock, stderr });
    await assert.rejects(saveInstance({ secrets, directions }, place, created), {
      code: "FILE",
      message: "Cannot write /full/a.txt: ENOSPC; instance orders (a1b2c3d4) was created",
      suggestion: `its password is in ${elsewhere}: move it to a safe place`,
    });
    assert.match(await readFile(elsewhere, "utf8"), /^NEO4J_PASSWORD=once-only-password$/m);
    assert.equal((await stat(elsewhere)).mode & 0o777, 0o600);

    // And where even that is taken, a person at a terminal gets to see it.
    let seen = "";
    const terminal = openSecrets({
      cwd: "/",
      clock: systemClock,
      stderr: { ...stderr, isTty: true, write: (text: string) => void (seen += text) },
    });
    await assert.rejects(saveInstance({ secrets: terminal, directions }, place, created), {
      suggestion: "its password stands above: keep it",
    });
    assert.equal(seen, "The password of a1b2c3d4, shown this once: once-only-password\n");
    // Where nobody sees it, it is lost, and that is said.
    await assert.rejects(saveInstance({ secrets, directions }, place, created), {
      suggestion:
        "its password is lost: aura-wake instances delete a1b2c3d4 --yes, then create it again",
    });
    await rm(elsewhere, { force: true });
  });

  test("a sink of a host's own keeps it, and one that cannot rename loses nothing", async () => {
    let kept = "";
    const place = {
      path: "vault:orders",
      write: (text: string) => Promise.resolve(void (kept = text)),
      rename: () => Promise.reject(new Error("not today")),
      discard: () => assert.fail("there is something to keep"),
    };
    const secrets = { open: () => Promise.resolve(place) };
    assert.equal(await saveInstance({ secrets, directions }, place, created), "vault:orders");
    assert.match(kept, /^NEO4J_PASSWORD=once-only-password$/m);
  });
});
