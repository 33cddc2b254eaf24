/**
 * Installs the packed package into a project of its own and uses it there as its users do: Node, Bun and Deno import every entry
 * and run the command line, TypeScript checks the declarations, and bundlers take it, each with and without neo4j-driver.
 *
 * The command line runs on Node where that is new enough; CONSUMER_NODE names another one than that of the PATH.
 *
 * @module
 */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

const repository = fileURLToPath(new URL("../", import.meta.url));
const programs = join(repository, "node_modules", ".bin");
const manifest = JSON.parse(readFileSync(join(repository, "package.json"), "utf8")) as {
  name: string;
  version: string;
  exports: Record<string, unknown>;
};

/** The lowest that package.json allows, so that the range is not a promise only. */
const hono = "hono@4.9.0";
const driver = "neo4j-driver@^6.3.0";

const entries = Object.keys(manifest.exports)
  .filter((subpath) => subpath !== "./package.json")
  .map((subpath) => manifest.name + subpath.slice(1));
const portable = entries.filter((entry) => entry === manifest.name || entry.endsWith("/hono"));

/** What a client of the MCP server says, line by line, to hear which instances there are. */
const LISTING = [
  {
    id: 1,
    method: "initialize",
    params: {
      protocolVersion: "2025-11-25",
      capabilities: {},
      clientInfo: { name: "consumer", version: "1.0.0" },
    },
  },
  { method: "notifications/initialized" },
  { id: 2, method: "tools/call", params: { name: "list_instances", arguments: {} } },
].map((message) => `${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`).join("");

const folder = mkdtempSync(join(tmpdir(), "aura-wake-consumer-"));
const consumer = join(folder, "app");

const environment = { ...process.env, PATH: `${programs}:${process.env["PATH"]}`, NO_COLOR: "1" };

function run(
  what: string,
  command: string,
  given: readonly string[],
  { cwd = consumer, env = {}, input }: {
    cwd?: string;
    env?: Record<string, string>;
    input?: string;
  } = {},
): string {
  const startedAt = performance.now();
  const { status, stdout, stderr, error } = spawnSync(command, given, {
    cwd,
    encoding: "utf8",
    env: { ...environment, ...env },
    ...(input !== undefined && { input }),
  });
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  if (status !== 0) {
    throw new Error(
      `Cannot use the package: ${what}\n${stdout}${stderr}${error ? error.message : ""}`,
    );
  }
  process.stdout.write(`  ok  ${what} (${seconds} s)\n`);
  return stdout;
}

function install(...packages: readonly string[]): void {
  run(`npm install ${packages.map((each) => each.replace(folder, "…")).join(" ")}`, "npm", [
    "install",
    "--prefer-offline",
    "--omit=optional",
    "--no-audit",
    "--no-fund",
    "--loglevel=error",
    ...packages,
  ]);
}

function write(name: string, text: string): void {
  writeFileSync(join(consumer, name), text);
}

function writeConsumer(): void {
  const importAll = (names: readonly string[]): string =>
    names.map((name, index) => `import * as entry${index} from "${name}";`).join("\n");
  const list = (names: readonly string[]): string =>
    names.map((_, index) => `entry${index}`).join(", ");
  const using = (names: readonly string[]): string =>
    `${importAll(names)}\nfor (const entry of [${list(names)}]) ` +
    `if (Object.keys(entry).length === 0) throw new Error("an entry exports nothing");\n`;
  write("package.json", JSON.stringify({ name: "app", private: true, type: "module" }));
  write("all.ts", using(entries));
  write("all.js", using(entries));
  write("portable.ts", using(portable));
  write("neo4j.js", `export * from "${manifest.name}/neo4j";\n`);
  write(
    "driver.js",
    `import neo4j from "neo4j-driver";\nif (!neo4j.driver) throw new Error("no driver");\n`,
  );
  const compilerOptions = {
    target: "es2023",
    module: "nodenext",
    strict: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: false,
    noEmit: true,
  };
  write(
    "tsconfig.json",
    JSON.stringify({
      compilerOptions: {
        ...compilerOptions,
        lib: ["es2024", "dom", "dom.iterable", "dom.asynciterable"],
        types: ["node"],
      },
      files: ["all.ts"],
    }),
  );
  write(
    "tsconfig.portable.json",
    JSON.stringify({
      compilerOptions: { ...compilerOptions, lib: ["es2023", "dom", "dom.iterable"], types: [] },
      files: ["portable.ts"],
    }),
  );
}

/** Where there are no sockets, the entry must not so much as mention what needs them. */
function bundleForEdge(condition: string): void {
  run(`a bundle under the condition ${condition}`, "esbuild", [
    "neo4j.js",
    "--bundle",
    "--format=esm",
    "--platform=browser",
    `--conditions=${condition},worker,browser`,
    "--external:node:*",
    "--external:neo4j-driver",
    "--outfile=edge.out.js",
  ]);
  const bundle = readFileSync(join(consumer, "edge.out.js"), "utf8");
  const asked = /(?:from|import)\s*\(?\s*"(node:[^"]*|neo4j-driver)"/.exec(bundle)?.[1];
  if (asked !== undefined) {
    throw new Error(`Cannot run under ${condition}: the bundle imports "${asked}"`);
  }
}

function useIt(): void {
  run("TypeScript, every entry, library declarations checked", "tsc", ["-p", "tsconfig.json"]);
  run("TypeScript, the portable entries without Node's types", "tsc", [
    "-p",
    "tsconfig.portable.json",
  ]);
  run("Node", "node", ["all.js"]);
  run("Bun", "bun", ["all.ts"]);
  run("Deno", "deno", ["run", "-A", "--no-lock", "all.ts"]);
  for (const condition of ["workerd", "edge-light"]) bundleForEdge(condition);
}

/** How the command line is started once it is installed, by the name of the runtime. */
function commandLines(): Record<string, readonly [string, ...string[]]> {
  const node = process.env["CONSUMER_NODE"] ?? "node";
  const { stdout } = spawnSync(node, ["--version"], { encoding: "utf8", env: environment });
  const [, major = 0, minor = 0] = /^v(\d+)\.(\d+)/.exec(stdout)?.map(Number) ?? [];
  const isNewEnough = major > 22 || (major === 22 && minor >= 13);
  if (!isNewEnough) {
    process.stdout.write(`  --  Node is ${stdout.trim()}: the command line is not run there\n`);
  }
  return {
    Bun: ["bunx", "--bun", manifest.name],
    Deno: ["deno", "run", "-A", "--no-lock", `npm:${manifest.name}`],
    ...(isNewEnough && { Node: [node, join("node_modules", ".bin", manifest.name)] }),
  };
}

/** A local Aura by the installed command line itself, as a script would start it. */
async function startAura(): Promise<{ child: ChildProcess; env: Record<string, string> }> {
  const child = spawn("bunx", [
    "--bun",
    manifest.name,
    "emulator",
    "--env",
    "--instances=orders,stock",
  ], {
    cwd: consumer,
    env: environment,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let printed = "";
  let told = "";
  child.stdout.on("data", (chunk) => printed += chunk);
  await new Promise<void>((resolve, reject) => {
    child.stderr.on("data", (chunk) => {
      told += chunk;
      if (told.includes("Ctrl-C ends it")) resolve();
    });
    child.on("exit", () => reject(new Error(`Cannot start the local Aura: ${told}`)));
  });
  const lines = [...printed.matchAll(/^export (\w+)='(.*)'$/gm)];
  return { child, env: Object.fromEntries(lines.map(([, name, value]) => [name, value])) };
}

/** Runs the command line on each runtime, against a local Aura that it has started itself. */
async function useCommandLine(withDriver: boolean): Promise<void> {
  const { child, env } = await startAura();
  try {
    for (const [runtime, [command, ...words]] of Object.entries(commandLines())) {
      const cli = (...given: readonly string[]): string =>
        run(`aura-wake ${given.join(" ")} on ${runtime}`, command, [...words, ...given], { env });
      expect("the version", cli("--version"), `${manifest.version}\n`);
      expect("the help", /^ {2}instances list /m.test(cli("--help")), true);
      const { data } = JSON.parse(cli("instances", "list")) as { data: { name: string }[] };
      expect("the instances", data.map(({ name }) => name).join(), "orders,stock");
      const answers = run(`aura-wake mcp on ${runtime}`, command, [...words, "mcp"], {
        env,
        input: LISTING,
      });
      expect("an assistant's list", /"name":"stock"/.test(answers.replaceAll("\\", "")), true);
      if (withDriver) {
        expect("the rows", cli("query", "RETURN 1 AS one", "--output=ndjson"), '{"one":1}\n');
      }
    }
  } finally {
    const ended = new Promise((resolve) => child.on("exit", resolve));
    child.kill("SIGINT");
    expect("the exit code of the local Aura", await ended, 0);
  }
}

function expect(what: string, got: unknown, wanted: unknown): void {
  if (got === wanted) return;
  throw new Error(
    `Cannot use the package: ${what} should be ${JSON.stringify(wanted)}, got ${
      JSON.stringify(got)
    }`,
  );
}

try {
  mkdirSync(consumer);
  const packed = run("npm pack", "npm", [
    "pack",
    "--ignore-scripts",
    "--json",
    "--pack-destination",
    folder,
  ], { cwd: repository });
  const [{ filename, unpackedSize, size }] = JSON.parse(packed) as [
    { filename: string; size: number; unpackedSize: number },
  ];
  process.stdout.write(`${filename}: ${size} bytes, unpacked ${unpackedSize}\n`);
  writeConsumer();
  install(join(folder, filename), hono, "@types/node@22");
  process.stdout.write("without neo4j-driver\n");
  useIt();
  await useCommandLine(false);
  run("a bundle for a server", "esbuild", [
    "neo4j.js",
    "--bundle",
    "--format=esm",
    "--platform=node",
    "--outfile=server.out.js",
  ]);
  run("that bundle on Bun", "bun", ["server.out.js"]);
  process.stdout.write("with neo4j-driver\n");
  install(driver);
  run("the driver is there", "node", ["driver.js"]);
  useIt();
  await useCommandLine(true);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
