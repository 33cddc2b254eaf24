/**
 * Counts what a test runner wrote into its JUnit file.
 *
 * @module
 */

/** How many tests ended how. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

interface Case {
  readonly name: string;
  readonly outcome: keyof Counts;
}

/** Bun writes the tests alone; Deno also writes a case for each group, named "group > test". */
export type JunitDialect = "bun" | "deno";

/** Counts the tests of a JUnit file; a group counts only if it failed by itself, in a hook for instance. */
export function countTests(xml: string, dialect: JunitDialect): Counts {
  const cases = readCases(xml);
  const groups = new Set<string>();
  const groupsOfFailures = new Set<string>();
  if (dialect === "deno") {
    for (const { name, outcome } of cases) {
      for (const group of groupsOf(name)) {
        groups.add(group);
        if (outcome === "failed") groupsOfFailures.add(group);
      }
    }
  }
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const { name, outcome } of cases) {
    const failedByItself = outcome === "failed" && !groupsOfFailures.has(name);
    if (!groups.has(name) || failedByItself) counts[outcome] += 1;
  }
  return counts;
}

/** Adds counts up. */
export function addCounts(left: Counts, right: Counts): Counts {
  return {
    passed: left.passed + right.passed,
    failed: left.failed + right.failed,
    skipped: left.skipped + right.skipped,
  };
}

/** How a run closes: the plain line comes last, and what was skipped, if anything was, before it. */
export function closingLines(counts: Counts): string[] {
  const skipped = counts.skipped > 0 ? [`${counts.skipped} skipped`] : [];
  return [...skipped, formatCounts(counts)];
}

/** The plain line that people and build servers read, `N passed, M failed` and nothing else. */
export function formatCounts({ passed, failed }: Counts): string {
  return `${passed} passed, ${failed} failed`;
}

function readCases(xml: string): Case[] {
  const cases: Case[] = [];
  for (const match of xml.matchAll(/<testcase\b([^>]*?)(?:\/>|>([\s\S]*?)<\/testcase>)/g)) {
    const name = /\bname="([^"]*)"/.exec(match[1] ?? "")?.[1] ?? "";
    const body = match[2] ?? "";
    const outcome = /<(?:failure|error)\b/.test(body)
      ? "failed"
      : body.includes("<skipped")
      ? "skipped"
      : "passed";
    cases.push({ name, outcome });
  }
  return cases;
}

function groupsOf(name: string): string[] {
  const separator = " &gt; ";
  const parts = name.split(separator);
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join(separator));
}
