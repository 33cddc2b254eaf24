/**
 * `npm run bench:cli`: how long the command line takes to start, and to list fifty instances. Prints lines for people, and at the
 * end one JSON object.
 *
 * @module
 */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { startEmulator } from "aura-wake/emulator";
import { median } from "./local.ts";

const STARTS = 21;
const LISTS = 11;
const INSTANCES = 50;
const ANSWER_MS = 100;
const MAIN = fileURLToPath(new URL("../src/cli/main.ts", import.meta.url));
const PROGRAMS = fileURLToPath(new URL("../node_modules/.bin/", import.meta.url));

/** The runtimes, as people start the command line from a checkout. */
const RUNTIMES: Readonly<Record<string, readonly string[]>> = {
  bun: ["bun"],
  deno: ["deno", "run", "--no-check", "-A"],
};

interface Run {
  readonly tookMs: number;
  /** When each line arrived on stderr. */
  readonly lines: readonly { readonly text: string; readonly atMs: number }[];
}

const folder = mkdtempSync(join(tmpdir(), "aura-wake-bench-"));
const empty = join(folder, "empty.ts");

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function run(words: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Run> {
  const [program = "", ...rest] = words;
  return new Promise((resolve, reject) => {
    const lines: { text: string; atMs: number }[] = [];
    const startedAt = performance.now();
    const child = spawn(join(PROGRAMS, program), rest, {
      cwd: folder,
      env: { ...process.env, ...env, NO_COLOR: "1" },
      stdio: ["ignore", "ignore", "pipe"],
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      const atMs = performance.now();
      for (const line of text.split("\n")) if (line !== "") lines.push({ text: line, atMs });
    });
    child.on("error", reject);
    child.on("exit", (code) => {
      const tookMs = performance.now() - startedAt;
      if (code === 0) resolve({ tookMs, lines });
      else reject(new Error(`${words.join(" ")} exited with ${code}: ${JSON.stringify(lines)}`));
    });
  });
}

/** `--help` beside an empty script, one after the other, so that a drift of the machine meets both. */
async function start(words: readonly string[]): Promise<{ helpMs: number; emptyMs: number }> {
  const help: number[] = [];
  const nothing: number[] = [];
  for (let round = -2; round < STARTS; round++) {
    const pair: [number[], readonly string[]][] = [
      [help, [...words, MAIN, "--help"]],
      [nothing, [...words, empty]],
    ];
    for (const [times, command] of round % 2 === 0 ? pair : pair.reverse()) {
      const { tookMs } = await run(command);
      // The first rounds fill the runtime's caches.
      if (round >= 0) times.push(tookMs);
    }
  }
  return { helpMs: median(help), emptyMs: median(nothing) };
}

/** `instances list`: from the first request for instances to the last answer, and the whole process. */
async function list(words: readonly string[]): Promise<{ requestsMs: number; processMs: number }> {
  await using emulator = await startEmulator({
    instances: Array.from({ length: INSTANCES }, () => ({ engine: "canned" as const })),
    requestsPerMinute: false,
  });
  emulator.fault(/^GET \/v1\/instances/, { delayMs: ANSWER_MS }, Infinity);
  const spans: number[] = [];
  const whole: number[] = [];
  for (let round = -1; round < LISTS; round++) {
    emulator.clearRequests();
    const { tookMs, lines } = await run(
      [...words, MAIN, "instances", "list", "--verbose"],
      emulator.env(),
    );
    const answers = lines.filter(({ text }) => /^GET .* 200 /.test(text));
    if (answers.length !== INSTANCES + 1) throw new Error(`It made ${answers.length} requests`);
    // A line is printed when the answer is there, and says how long that took.
    const firstMs = answers[0]?.atMs ?? NaN;
    const firstTookMs = Number(/ (\d+) ms$/.exec(answers[0]?.text ?? "")?.[1]);
    if (round < 0) continue;
    spans.push((answers.at(-1)?.atMs ?? NaN) - firstMs + firstTookMs);
    whole.push(tookMs);
  }
  return { requestsMs: median(spans), processMs: median(whole) };
}

try {
  writeFileSync(empty, "");
  const figures: Record<string, Record<string, number>> = {};
  for (const [name, words] of Object.entries(RUNTIMES)) {
    const { helpMs, emptyMs } = await start(words);
    const limitMs = 1.5 * emptyMs + 60;
    say(
      `${name.padEnd(5)} --help ${helpMs.toFixed(0)} ms, an empty script ${
        emptyMs.toFixed(0)
      } ms ` +
        `(median of ${STARTS} pairs; the limit is ${limitMs.toFixed(0)} ms)`,
    );
    const { requestsMs, processMs } = await list(words);
    say(
      `${name.padEnd(5)} instances list of ${INSTANCES}, ${ANSWER_MS} ms an answer: ` +
        `${requestsMs.toFixed(0)} ms from the first request to the last answer ` +
        `(the limit is ${3 * ANSWER_MS} ms), ${processMs.toFixed(0)} ms the whole process`,
    );
    figures[name] = {
      help_ms: Math.round(helpMs),
      empty_ms: Math.round(emptyMs),
      help_limit_ms: Math.round(limitMs),
      list_requests_ms: Math.round(requestsMs),
      list_limit_ms: 3 * ANSWER_MS,
      list_process_ms: Math.round(processMs),
    };
  }
  say(JSON.stringify(figures));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
