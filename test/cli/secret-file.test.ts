import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, test } from "node:test";
import { Secret } from "../../src/secret.ts";
import type { Context } from "../../src/cli/context.ts";
import { saveInstance } from "../../src/cli/secrets/instance-file.ts";
import { openSecretFile } from "../../src/cli/secrets/secret-file.ts";

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
    await assert.rejects(openSecretFile(file.path), { code: "FILE", exitCode: 1 });
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
    const file = {
      path: "/full/a.txt",
      write: () => Promise.reject(Object.assign(new Error("no space"), { code: "ENOSPC" })),
      rename: () => Promise.reject(new Error("not asked for")),
      discard: () => Promise.resolve(),
    };
    const context = { io: { stderr: { isTty: false, write() {} } } } as unknown as Context;
    await assert.rejects(saveInstance(context, { file, finalName: undefined }, created), {
      code: "FILE",
      message: "Cannot write /full/a.txt: ENOSPC; instance orders (a1b2c3d4) was created",
      suggestion: `its password is in ${elsewhere}: move it to a safe place`,
    });
    assert.match(await readFile(elsewhere, "utf8"), /^NEO4J_PASSWORD=once-only-password$/m);
    assert.equal((await stat(elsewhere)).mode & 0o777, 0o600);

    // And where even that is taken, a person at a terminal gets to see it.
    let seen = "";
    const terminal = {
      io: { stderr: { isTty: true, write: (text: string) => void (seen += text) } },
    } as unknown as Context;
    await assert.rejects(saveInstance(terminal, { file, finalName: undefined }, created), {
      suggestion: "its password stands above: keep it",
    });
    assert.equal(seen, "The password of a1b2c3d4, shown this once: once-only-password\n");
    await rm(elsewhere, { force: true });
  });
});
