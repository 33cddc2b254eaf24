import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { importsOf, librarySources, read, readJson, resolveImport, root } from "./sources.ts";

const esbuild = join(root, "node_modules", "esbuild", "bin", "esbuild");

/** The rooms that must run where there is nothing but Web APIs, and whatever they import. */
const edgePure = closureOf(
  librarySources().filter((path) =>
    path === "mod.ts" ||
    /^src\/(?:errors|clock|secret|system-clock|version|store\/(?:store|memory|journal|memory-journal)|neo4j\/connection|config\/names)\.ts$/
      .test(path) ||
    /^src\/(?:aura|wake|hono|graphql|neo4j\/query-api)\//.test(path)
  ),
);

function closureOf(paths: readonly string[]): string[] {
  const found = new Set(paths);
  for (const path of found) {
    for (const specifier of importsOf(read(path))) {
      const target = resolveImport(path, specifier);
      if (target !== undefined) found.add(target);
    }
  }
  return [...found].sort();
}

interface Bundle {
  readonly gzipBytes: number;
  /** Every specifier that the bundle still asks the runtime for. */
  readonly externals: readonly string[];
  readonly inputs: readonly string[];
}

/** Bundles as for a browser; builtins are left as imports, so that they can be seen. */
async function bundle(entry: string, external: readonly string[] = []): Promise<Bundle> {
  const folder = await mkdtemp(join(tmpdir(), "aura-wake-bundle-"));
  try {
    await promisify(execFile)(
      esbuild,
      [
        entry,
        "--bundle",
        "--minify",
        "--format=esm",
        "--platform=browser",
        "--target=es2022",
        `--outfile=${join(folder, "out.js")}`,
        `--metafile=${join(folder, "meta.json")}`,
        ...["node:*", "bun:*", "bun", ...external].map((name) => `--external:${name}`),
      ],
      { cwd: root },
    );
    const code = await readFile(join(folder, "out.js"));
    const meta: {
      inputs: Record<string, unknown>;
      outputs: Record<string, { imports: { path: string; external?: boolean }[] }>;
    } = JSON.parse(await readFile(join(folder, "meta.json"), "utf8"));
    return {
      gzipBytes: gzipSync(code, { level: 9 }).byteLength,
      externals: Object.values(meta.outputs).flatMap(({ imports }) =>
        imports.map(({ path }) => path)
      ),
      inputs: Object.keys(meta.inputs),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Which globals of one runtime stand in the files; a local variable of such a name is none. */
async function globalsNamed(paths: readonly string[]): Promise<string[]> {
  const globals = ["process", "Buffer", "Deno", "Bun", "require", "__dirname", "setImmediate"];
  const folder = await mkdtemp(join(tmpdir(), "aura-wake-globals-"));
  try {
    // esbuild knows scopes: it puts the mark only where the name is not declared.
    await promisify(execFile)(esbuild, [
      ...paths,
      `--outdir=${folder}`,
      `--outbase=${root}`,
      ...globals.map((name) => `--define:${name}=RUNTIME_${name}`),
    ], { cwd: root });
    const found = await Promise.all(paths.map(async (path) => {
      const code = await readFile(join(folder, path.replace(/\.ts$/, ".js")), "utf8");
      return [...code.matchAll(/RUNTIME_(\w+)/g)].map((match) => `${path} names ${match[1]}`);
    }));
    return found.flat();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

describe("the edge-pure rooms", () => {
  test("no file imports a builtin", () => {
    const builtins = edgePure.flatMap((path) =>
      importsOf(read(path))
        .filter((specifier) => /^(?:node|bun|deno|cloudflare):|^bun$/.test(specifier))
        .map((specifier) => `${path} imports ${specifier}`)
    );
    assert.deepEqual(builtins, []);
  });

  test("no file names a global of one runtime", async () => {
    assert.deepEqual(await globalsNamed(edgePure), []);
  });

  test("every file is held to it by tsconfig.edge.json too", () => {
    const { include } = readJson("tsconfig.edge.json") as { include: string[] };
    const named = librarySources().filter((path) =>
      include.some((entry) => path === entry || path.startsWith(`${entry}/`))
    );
    assert.deepEqual(closureOf(named), edgePure);
  });

  for (const path of edgePure.filter((each) => each === "mod.ts" || each.endsWith("/mod.ts"))) {
    test(`${path} bundles for a browser with nothing left but hono`, async () => {
      const { externals, inputs } = await bundle(path, ["hono", "hono/*"]);
      assert.deepEqual(externals.filter((name) => !/^hono(?:\/|$)/.test(name)), []);
      assert.deepEqual(inputs.filter((input) => input.includes("neo4j-driver")), []);
    });
  }
});

describe("the size", () => {
  test("./hono with all it pulls, hono aside, is at most 18 KB gzipped", async () => {
    const { gzipBytes, inputs } = await bundle("src/hono/mod.ts", ["hono", "hono/*"]);
    assert.ok(gzipBytes <= 18_000, `it is ${gzipBytes} bytes`);
    // A schema library would double it: only the whole client may pull one.
    assert.deepEqual(inputs.filter((input) => input.includes("node_modules/zod")), []);
  });

  test("the root entry is at most 30 KB gzipped", async () => {
    const { gzipBytes } = await bundle("mod.ts", ["hono", "hono/*"]);
    assert.ok(gzipBytes <= 30_000, `it is ${gzipBytes} bytes`);
  });
});
