/**
 * The commands about import jobs.
 *
 * @module
 */
import type { CommandEntry } from "../command-entry.ts";

/** In the order of the help. */
export const IMPORT_ENTRIES: readonly CommandEntry[] = [
  {
    path: "imports start",
    summary: "Start an import job, at most once",
    load: async () => (await import("../commands/imports-start.ts")).importsStart,
    examples: [
      "aura-wake imports start --model 66666666-7777-4888-8999-aaaaaaaaaaaa --instance orders --dry-run",
      "aura-wake imports start --model 66666666-7777-4888-8999-aaaaaaaaaaaa --instance orders --wait",
    ],
  },
  {
    path: "imports get",
    summary: "Show how an import job stands, and why it failed",
    load: async () => (await import("../commands/imports-get.ts")).importsGet,
    examples: ["aura-wake imports get 87d485b4-0000-4000-8000-720f4672947e --progress"],
  },
  {
    path: "imports wait",
    summary: "Wait until an import job has ended",
    load: async () => (await import("../commands/imports-wait.ts")).importsWait,
    examples: ["aura-wake imports wait 87d485b4-0000-4000-8000-720f4672947e --timeout 3h"],
  },
  {
    path: "imports cancel",
    summary: "Ask for the end of an import job",
    load: async () => (await import("../commands/imports-cancel.ts")).importsCancel,
    examples: ["aura-wake imports cancel 87d485b4-0000-4000-8000-720f4672947e --wait"],
  },
  {
    path: "imports list",
    summary: "List the import jobs that were started from here",
    load: async () => (await import("../commands/imports-list.ts")).importsList,
    examples: [
      "aura-wake imports list --refresh",
      "aura-wake imports list --state unconfirmed,failure --since 7d",
    ],
  },
  {
    path: "imports settle",
    summary: "End the doubt about an import whose start got no answer",
    load: async () => (await import("../commands/imports-settle.ts")).importsSettle,
    examples: [
      "aura-wake imports settle 0c9d7b1e-0000-4000-8000-5a1f6c1d2e3f --none",
      "aura-wake imports settle 0c9d7b1e-0000-4000-8000-5a1f6c1d2e3f " +
      "--job 87d485b4-0000-4000-8000-720f4672947e",
    ],
  },
];
