/**
 * `npm run mcpb`: bundles the MCP server for desktop assistants into `aura-wake.mcpb`, and makes sure that the bundle answers.
 *
 * @see https://github.com/anthropics/mcpb
 */
import { spawn, spawnSync } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const BUNDLE = "aura-wake.mcpb";
/** Native code, which a bundle for every platform cannot carry: the local Aura answers by its other engine then. */
const EXTERNAL = ["@grafeo-db/js"];

const folder = await mkdtemp(join(tmpdir(), "aura-wake-mcpb-"));
try {
  const { version } = JSON.parse(await readFile(join(ROOT, "package.json"), "utf8")) as {
    version: string;
  };
  const manifest = JSON.parse(
    await readFile(join(ROOT, "mcp/bundle/manifest.json"), "utf8"),
  ) as object;
  await mkdir(join(folder, "server"));
  await writeFile(join(folder, "manifest.json"), JSON.stringify({ ...manifest, version }, null, 2));
  await cp(join(ROOT, "LICENSE"), join(folder, "LICENSE"));
  run("bun", [
    "build",
    "mcp/stdio.ts",
    "--target=node",
    `--outfile=${join(folder, "server/stdio.mjs")}`,
    ...EXTERNAL.map((name) => `--external=${name}`),
  ]);
  run("mcpb", ["validate", join(folder, "manifest.json")]);
  run("mcpb", ["pack", folder, join(ROOT, BUNDLE)]);
  const unpacked = join(folder, "unpacked");
  run("mcpb", ["unpack", join(ROOT, BUNDLE), unpacked]);
  for (const runtime of ["node", "bun"]) {
    const tools = await listTools(runtime, join(unpacked, "server/stdio.mjs"));
    if (tools < 10) throw new Error(`The bundle lists ${tools} tools under ${runtime}`);
    process.stdout.write(`${BUNDLE}: ${tools} tools under ${runtime}\n`);
  }
  process.stdout.write(`${join(ROOT, BUNDLE)}: open it with a desktop assistant to install it\n`);
} finally {
  await rm(folder, { recursive: true, force: true });
}

function run(program: string, words: readonly string[]): void {
  const { status } = spawnSync(program, words, {
    cwd: ROOT,
    stdio: ["ignore", "ignore", "inherit"],
  });
  if (status !== 0) throw new Error(`${program} ${words.join(" ")} exited with ${status}`);
}

/** Starts the bundle as an assistant does, and counts what it lists. */
async function listTools(runtime: string, file: string): Promise<number> {
  const child = spawn(runtime, [file], {
    cwd: resolve(folder),
    stdio: ["pipe", "pipe", "inherit"],
  });
  const messages = [
    {
      jsonrpc: "2.0",
      id: 1,
      method: "initialize",
      params: {
        protocolVersion: "2025-11-25",
        capabilities: {},
        clientInfo: { name: "mcpb", version: "1.0.0" },
      },
    },
    { jsonrpc: "2.0", method: "notifications/initialized" },
    { jsonrpc: "2.0", id: 2, method: "tools/list" },
  ];
  child.stdin.end(messages.map((message) => `${JSON.stringify(message)}\n`).join(""));
  let printed = "";
  for await (const text of child.stdout.setEncoding("utf8")) printed += text;
  const last = printed.trim().split("\n").at(-1) ?? "{}";
  const { result } = JSON.parse(last) as { result?: { tools?: unknown[] } };
  return result?.tools?.length ?? 0;
}
