/**
 * `npm test`: the suite under Bun, then the same files under Deno; the last line is the sum of both, `N passed, M failed`.
 *
 * `npm test -- test/wake` runs a part; `--bun` or `--deno` chooses one runtime.
 *
 * @module
 */
import process from "node:process";
import { addCounts, closingLines, type Counts, formatCounts } from "./junit.ts";
import { runTests } from "./runner.ts";

const results = ".test-results";
/** Bun gives a test 5 s unless told otherwise, Deno for ever: this is long enough to mean "it hangs". */
const testTimeoutMs = 30_000;
const silenceMs = 120_000;
const limitMs = 900_000;

/** All but the network, of which only this machine: a test that talks to a real service fails. */
const permissions = [
  "--allow-read",
  "--allow-write",
  "--allow-env",
  "--allow-sys",
  "--allow-run",
  "--allow-ffi",
  "--allow-net=127.0.0.1,localhost,0.0.0.0,[::1],*.invalid",
];

const runners = [
  {
    title: "Bun",
    dialect: "bun",
    command: "bun",
    arguments: (paths: readonly string[]) => [
      "test",
      `--timeout=${testTimeoutMs}`,
      "--reporter=junit",
      `--reporter-outfile=${results}/bun.xml`,
      ...paths,
    ],
  },
  {
    title: "Deno",
    dialect: "deno",
    command: "deno",
    arguments: (paths: readonly string[]) => [
      "test",
      "--no-check",
      ...permissions,
      `--junit-path=${results}/deno.xml`,
      ...(paths.length > 0 ? paths : ["test"]),
    ],
  },
] as const;

async function main(given: readonly string[]): Promise<number> {
  const flags = given.filter((argument) => argument.startsWith("-"));
  const unknown = flags.find((flag) => flag !== "--bun" && flag !== "--deno");
  if (unknown !== undefined) {
    process.stderr.write(
      `Cannot run the tests: no such flag "${unknown}" (there are --bun and --deno)\n`,
    );
    return 2;
  }
  const paths = given.filter((argument) => !argument.startsWith("-"));
  const chosen = runners.filter(({ dialect }) =>
    flags.length === 0 || flags.includes(`--${dialect}`)
  );

  const report: string[] = [];
  let total: Counts = { passed: 0, failed: 0, skipped: 0 };
  for (const { title, dialect, command, arguments: argumentsFor } of chosen) {
    process.stdout.write(`\n— ${title}: ${paths.join(" ") || "the whole suite"}\n`);
    const { counts, problems, tookMs } = await runTests({
      dialect,
      command,
      arguments: argumentsFor(paths),
      junitPath: `${results}/${dialect}.xml`,
      silenceMs,
      limitMs,
    });
    const all = addCounts(counts, { passed: 0, failed: problems.length, skipped: 0 });
    total = addCounts(total, all);
    const skipped = all.skipped > 0 ? `, ${all.skipped} skipped` : "";
    const seconds = (tookMs / 1000).toFixed(1);
    report.push(`${title.padEnd(5)} ${formatCounts(all)}${skipped} in ${seconds} s`);
    report.push(...problems.map((problem) => `      ${problem}`));
  }
  process.stdout.write(`\n${[...report, ...closingLines(total)].join("\n")}\n`);
  return total.failed === 0 ? 0 : 1;
}

process.exitCode = await main(process.argv.slice(2));
