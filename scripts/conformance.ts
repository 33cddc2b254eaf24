/**
 * Runs the official conformance suite against the MCP server over HTTP: on Bun and on Deno, with sessions and without. Ends with 1
 * on any failure.
 *
 *     npm run conformance
 *     npm run conformance -- --bun --stateful      only some of it
 */
import { spawn } from "node:child_process";
import process from "node:process";
import { createInterface } from "node:readline";

const SUITE = "node_modules/@modelcontextprotocol/conformance/dist/index.js";
const SERVE = "test/mcp/conformance/serve.ts";
const BASELINE = "test/mcp/conformance/stateless.yml";

const wanted = process.argv.slice(2);
const only = (...words: readonly string[]): string[] => {
  const named = words.filter((word) => wanted.includes(`--${word}`));
  return named.length > 0 ? named : [...words];
};

const failed: string[] = [];
for (const runtime of only("bun", "deno")) {
  for (const sessions of only("stateful", "stateless")) {
    const title = `${runtime}, ${sessions}`;
    process.stdout.write(`\n== conformance: ${title}\n`);
    const code = await runSuite(runtime, sessions === "stateless");
    if (code !== 0) failed.push(title);
  }
}
process.stdout.write(
  failed.length === 0
    ? `\nconformance: all passed, but for what ${BASELINE} says cannot without sessions\n`
    : `\nconformance: failed on ${failed.join("; ")}\n`,
);
process.exit(failed.length === 0 ? 0 : 1);

async function runSuite(runtime: string, stateless: boolean): Promise<number> {
  const [program, ...words] = runtime === "bun"
    ? ["bun", SERVE]
    : ["deno", "run", "--unstable-no-legacy-abort", "-A", SERVE];
  const server = spawn(program ?? "", [...words, ...(stateless ? ["--stateless"] : [])], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    const url = await firstLine(server.stdout);
    const baseline = stateless ? ["--expected-failures", BASELINE] : [];
    const suite = spawn("bun", [SUITE, "server", "--url", url, ...baseline], {
      stdio: ["ignore", "inherit", "inherit"],
    });
    return await new Promise((resolve) => suite.on("close", (code) => resolve(code ?? 1)));
  } finally {
    server.kill("SIGKILL");
  }
}

async function firstLine(stream: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface({ input: stream })) return line.trim();
  throw new Error("The server ended before it told its address");
}
