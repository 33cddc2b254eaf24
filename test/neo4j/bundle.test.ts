import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cp, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { build } from "esbuild";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const APP = `import { connect } from "./src/neo4j/mod.ts";
const db = connect({ uri: "bolt://127.0.0.1:1", password: "x" });
await db.read("RETURN 1").catch((error) => console.log(error.code));
await db.close();`;

describe("a bundle of aura-wake/neo4j", () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "aura-wake-bundle-"));
    await cp(join(ROOT, "src"), join(folder, "src"), { recursive: true });
    await writeFile(join(folder, "package.json"), `{ "type": "module" }`);
    await writeFile(join(folder, "app.ts"), APP);
  });
  after(() => rm(folder, { recursive: true }));

  async function run(): Promise<string> {
    const outfile = join(folder, "app.mjs");
    await build({
      entryPoints: [join(folder, "app.ts")],
      outfile,
      bundle: true,
      format: "esm",
      platform: "node",
      logLevel: "silent",
      banner: {
        js: `import { createRequire } from "node:module"; const require = createRequire("/");`,
      },
    });
    return (await promisify(execFile)("node", [outfile])).stdout.trim();
  }

  test("it builds without neo4j-driver, and says what is missing when it is needed", async () => {
    assert.equal(await run(), "AURA_NO_CONNECTION");
  });

  test("it holds neo4j-driver where that is installed", async () => {
    await symlink(join(ROOT, "node_modules"), join(folder, "node_modules"));
    assert.equal(await run(), "ServiceUnavailable");
  });
});
