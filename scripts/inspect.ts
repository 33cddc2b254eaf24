/**
 * `npm run inspect`: the official inspector looks at the MCP server over standard streams and over HTTP, strictly. Ends with 1 when it
 * finds an error.
 *
 * @see https://github.com/modelcontextprotocol/inspector
 */
import { spawn, spawnSync } from "node:child_process";
import process from "node:process";

const INSPECTOR = [
  "exec",
  "--yes",
  "--ignore-scripts",
  "--",
  "@modelcontextprotocol/inspector@2.12.0",
  "--cli",
];
const ALL = [
  "--allow-destructive",
  "--toolsets",
  "core,instances,snapshots,imports,graphql,database",
];
const RUNTIMES: Readonly<Record<string, readonly string[]>> = {
  bun: ["bun"],
  deno: ["deno", "run", "--no-check", "-A"],
};
const TOKEN = "inspected-token";

const LOOKS: readonly (readonly string[])[] = [
  ["--method", "tools/list", "--strict"],
  ["--method", "tools/call", "--tool-name", "list_instances", "--tool-arg", "limit=5"],
  ["--method", "resources/list"],
  ["--method", "resources/read", "--uri", "aura://config"],
  ["--method", "prompts/list"],
  [
    "--method",
    "prompts/get",
    "--prompt-name",
    "why-is-it-down",
    "--prompt-args",
    "instance=movies",
  ],
];

let failures = 0;
for (const [name, words] of Object.entries(RUNTIMES)) {
  for (const look of LOOKS) {
    inspect(`${name}, stdio`, [...words, "mcp/stdio.ts", "--emulator", ...ALL], look);
  }
  const server = await serve(words);
  try {
    const where = [
      "--server-url",
      server.url,
      "--transport",
      "http",
      "--header",
      `Authorization: Bearer ${TOKEN}`,
    ];
    for (const look of LOOKS) inspect(`${name}, http`, where, look);
  } finally {
    server.end();
  }
}
process.stdout.write(failures === 0 ? "inspect: no error\n" : `inspect: ${failures} failed\n`);
process.exit(failures === 0 ? 0 : 1);

function inspect(title: string, where: readonly string[], look: readonly string[]): void {
  const { status, stdout, stderr } = spawnSync("npm", [...INSPECTOR, ...where, ...look], {
    encoding: "utf8",
  });
  const verdict = /\d+ errors?, \d+ warnings?.*/.exec(stderr)?.[0] ?? "";
  process.stdout.write(
    `${status === 0 ? "ok    " : "FAILED"} ${title}: ${look.slice(1, 4).join(" ")} ${verdict}\n`,
  );
  if (status === 0) return;
  failures += 1;
  process.stdout.write(`${stdout}\n${stderr}\n`);
}

/** Resolves when the server says where it is. */
function serve(words: readonly string[]): Promise<{ readonly url: string; end(): void }> {
  const [program = "", ...rest] = words;
  const child = spawn(program, [
    ...rest,
    "src/cli/main.ts",
    "mcp",
    "--http",
    "--port",
    "0",
    "--emulator",
    ...ALL,
  ], {
    env: { ...process.env, AURA_WAKE_MCP_TOKEN: TOKEN },
    stdio: ["ignore", "ignore", "pipe"],
  });
  return new Promise((resolve, reject) => {
    let printed = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      printed += text;
      const [, url] = /Serving MCP at (\S+);/.exec(printed) ?? [];
      if (url !== undefined) resolve({ url, end: () => void child.kill("SIGKILL") });
    });
    child.on("close", () => reject(new Error(`The server ended: ${printed}`)));
  });
}
