import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { VERSION } from "../../src/version.ts";
import { listFiles, read, readJson } from "./sources.ts";

interface Target {
  readonly types: string;
  readonly default: string;
}

const packageJson = readJson("package.json") as {
  name: string;
  version: string;
  license: string;
  homepage: string;
  bugs: string;
  repository: { type: string; url: string };
  engines: { node: string };
  exports: Record<string, string | (Target & { workerd?: Target; "edge-light"?: Target })>;
  files: string[];
  bin?: Record<string, string>;
  dependencies: Record<string, string>;
  peerDependencies: Record<string, string>;
  peerDependenciesMeta: Record<string, { optional: boolean }>;
};
const denoJson = readJson("deno.json") as {
  version: string;
  license: string;
  exports: Record<string, string>;
  imports: Record<string, string>;
};
const lock = readJson("package-lock.json") as {
  version: string;
  packages: Record<string, { resolved?: string; optionalDependencies?: Record<string, string> }>;
};

/** The source file that a built file comes from. */
function sourceOf(built: string): string {
  return built.replace("./dist/", "./").replace(/\.(?:js|d\.ts)$/, ".ts");
}

/** What package.json exports, as the subpath and the source behind it. */
function exportedSources(): Record<string, string> {
  const sources: Record<string, string> = {};
  for (const [subpath, target] of Object.entries(packageJson.exports)) {
    if (typeof target !== "string") sources[subpath] = sourceOf(target.default);
  }
  return sources;
}

describe("server.json and the bundle's manifest", () => {
  const server = readJson("server.json") as {
    name: string;
    version: string;
    packages: readonly { identifier: string; version: string; packageArguments: unknown }[];
  };

  test("name the package, its version and its command", () => {
    const { mcpName } = readJson("package.json") as { mcpName: string };
    assert.equal(mcpName, "io.github.aura-wake/aura-wake");
    assert.equal(server.name, mcpName);
    assert.equal(server.version, packageJson.version);
    const [entry] = server.packages;
    assert.equal(entry?.identifier, packageJson.name);
    assert.equal(entry?.version, packageJson.version);
    assert.match(JSON.stringify(entry?.packageArguments), /"value":"mcp"/);
    assert.equal(readJson("mcp/bundle/manifest.json")["version"], packageJson.version);
  });

  test("name variables that the server reads", () => {
    const named = [read("server.json"), read("mcp/bundle/manifest.json")].flatMap((text) =>
      text.match(/\bAURA_[A-Z_]+\b/g) ?? []
    );
    const known = ["AURA_CLIENT_ID", "AURA_CLIENT_SECRET", "AURA_WAKE_MCP_MODE"];
    assert.deepEqual([...new Set(named)].sort(), known);
  });
});

describe("package.json and deno.json", () => {
  test("the name and the entries are the published ones", () => {
    assert.equal(packageJson.name, "aura-wake");
    const published = [".", "./hono", "./neo4j", "./emulator", "./mcp", "./package.json"];
    for (const subpath of published) assert.ok(packageJson.exports[subpath], subpath);
  });

  test("VERSION, package.json, deno.json and the lock file agree", () => {
    assert.equal(VERSION, packageJson.version);
    assert.equal(denoJson.version, packageJson.version);
    assert.equal(lock.version, packageJson.version);
    assert.equal(denoJson.license, packageJson.license);
    assert.ok(read("CHANGELOG.md").includes(packageJson.version));
  });

  test("both export the same sources under the same names", () => {
    assert.deepEqual(exportedSources(), denoJson.exports);
  });

  test("the package's own name leads to the same sources in Deno and in TypeScript", () => {
    const expected = Object.fromEntries(
      Object.entries(denoJson.exports).map((
        [subpath, source],
      ) => [`aura-wake${subpath.slice(1)}`, source]),
    );
    const own = Object.entries(denoJson.imports).filter(([name]) => name.startsWith("aura-wake"));
    assert.deepEqual(Object.fromEntries(own), expected);

    const { paths } = readJson("tsconfig.json")["compilerOptions"] as {
      paths: Record<string, string[]>;
    };
    assert.deepEqual(
      paths,
      Object.fromEntries(Object.entries(expected).map(([name, source]) => [name, [source]])),
    );
  });

  test("every exported source exists, and every condition has its types first", () => {
    const files = new Set(listFiles());
    for (const [subpath, target] of Object.entries(packageJson.exports)) {
      if (typeof target === "string") continue;
      for (const one of [target, target.workerd, target["edge-light"]]) {
        if (one === undefined) continue;
        assert.equal(one.types.replace(".d.ts", ".js"), one.default, subpath);
        const source = sourceOf(one.default).slice(2);
        assert.ok(files.has(source), `${subpath} leads to ${source}`);
        const order = Object.keys(one).filter((key) => key === "types" || key === "default");
        assert.deepEqual(order, ["types", "default"]);
      }
      assert.equal(Object.keys(target).at(-1), "default");
    }
  });

  test("under workerd and edge-light the entry without sockets is taken, before any other condition", () => {
    const neo4j = packageJson.exports["./neo4j"];
    assert.ok(typeof neo4j === "object");
    const edge = {
      types: "./dist/src/neo4j/query-api/mod.d.ts",
      default: "./dist/src/neo4j/query-api/mod.js",
    };
    assert.deepEqual(neo4j.workerd, edge);
    assert.deepEqual(neo4j["edge-light"], edge);
    assert.deepEqual(Object.keys(neo4j), ["workerd", "edge-light", "types", "default"]);
  });

  test("says where it comes from, and holds what README.md links to", () => {
    const { homepage, bugs, repository, files } = packageJson;
    assert.equal(homepage, "https://github.com/aura-wake/aura-wake#readme");
    assert.equal(bugs, "https://github.com/aura-wake/aura-wake/issues");
    assert.deepEqual(repository, {
      type: "git",
      url: "git+https://github.com/aura-wake/aura-wake.git",
    });
    const missing = [...read("README.md").matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)/g)]
      .map(([, target = ""]) => target)
      .filter((target) => !files.some((file) => target === file || target.startsWith(`${file}/`)));
    assert.deepEqual(missing, []);
  });

  test("each command's source says how to run it", () => {
    assert.deepEqual(packageJson.bin, { "aura-wake": "./dist/src/cli/main.js" });
    for (const [command, built] of Object.entries(packageJson.bin ?? {})) {
      assert.match(read(sourceOf(built)), /^#!\/usr\/bin\/env node\n/, command);
    }
  });

  test("hono is the user's, the driver is the user's choice", () => {
    assert.equal(packageJson.dependencies["hono"], undefined);
    assert.equal(packageJson.dependencies["neo4j-driver"], undefined);
    assert.deepEqual(Object.keys(packageJson.peerDependencies).sort(), ["hono", "neo4j-driver"]);
    assert.equal(packageJson.peerDependenciesMeta["neo4j-driver"]?.optional, true);
  });

  test("Deno takes hono in the range that package.json allows, not in that of the development", () => {
    assert.equal(packageJson.peerDependencies["hono"], ">=4.9.0 <5");
    assert.equal(denoJson.imports["hono"], "npm:hono@^4.9.0");
  });
});

describe("package-lock.json", () => {
  test("names no registry", () => {
    const named = Object.entries(lock.packages).filter(([, entry]) => entry.resolved !== undefined);
    assert.deepEqual(named.map(([path]) => path), []);
  });

  test("holds the packages of every platform, without which npm ci refuses it", () => {
    const installed = new Set(
      Object.keys(lock.packages).map((path) => path.split("node_modules/").at(-1)),
    );
    const missing = Object.values(lock.packages)
      .flatMap((entry) => Object.keys(entry.optionalDependencies ?? {}))
      .filter((name) => !installed.has(name));
    assert.deepEqual(missing, []);
  });
});
