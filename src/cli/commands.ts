/**
 * Every command with its one line of help. What runs is loaded when it is called.
 *
 * @module
 */
import type { CommandEntry } from "./command-entry.ts";
import { ACCOUNT_ENTRIES } from "./entries/account.ts";
import { GRAPHQL_ENTRIES } from "./entries/graphql.ts";
import { IMPORT_ENTRIES } from "./entries/imports.ts";
import { INSTANCE_ENTRIES } from "./entries/instances.ts";
import { SNAPSHOT_ENTRIES } from "./entries/snapshots.ts";

/** What the first word of several commands is about. */
export const GROUPS: Readonly<Record<string, string>> = {
  instances: "The instances of your account",
  snapshots: "The snapshots of an instance",
  projects: "The projects of your account",
  organizations: "The organizations of your account",
  config: "The settings, and where they come from",
  imports: "Import jobs: what is loaded into an instance from other databases and files",
  graphql: "GraphQL Data APIs: Aura's hosted GraphQL over an instance",
  "graphql auth": "Who may call a Data API: API keys, and keys that sign tokens",
  "graphql origins": "From which web pages a Data API may be called (CORS)",
};

/** In the order of the help. */
export const COMMANDS: readonly CommandEntry[] = [
  {
    path: "wake",
    summary: "Wake an instance, and wait until a query answers",
    load: async () => (await import("./commands/wake.ts")).wake,
    examples: ["aura-wake wake", "aura-wake wake orders --timeout 20m && npm run migrate"],
  },
  {
    path: "status",
    summary: "Show how everything is: instances, Data APIs, import jobs",
    load: async () => (await import("./commands/status.ts")).status,
    examples: ["aura-wake status", "aura-wake status --check --quiet || notify"],
  },
  ...INSTANCE_ENTRIES,
  ...SNAPSHOT_ENTRIES,
  ...ACCOUNT_ENTRIES,
  ...IMPORT_ENTRIES,
  ...GRAPHQL_ENTRIES,
  {
    path: "query",
    summary: "Run a Cypher statement; wakes the database first",
    load: async () => (await import("./commands/query.ts")).query,
    examples: [
      'aura-wake query "MATCH (m:Movie) RETURN m.title LIMIT 5"',
      "aura-wake query --write 'CREATE (:Movie {title: $title})' --param title=Heat",
      "aura-wake query @report.cypher --params @report.json --output ndjson",
    ],
  },
  {
    path: "explore",
    summary: "Show what is in a database: labels, types, counts, indexes, constraints",
    load: async () => (await import("./commands/explore.ts")).explore,
    examples: ["aura-wake explore"],
  },
  {
    path: "api",
    summary: "Call any endpoint of the Aura API",
    load: async () => (await import("./commands/api.ts")).api,
    examples: [
      "aura-wake api GET /v1/instances",
      'aura-wake api PATCH /v1/instances/a1b2c3d4 --data \'{"name": "orders"}\'',
    ],
  },
  {
    path: "doctor",
    summary: "Find out why you cannot connect",
    load: async () => (await import("./commands/doctor.ts")).doctor,
    examples: ["aura-wake doctor", "aura-wake doctor orders --json | jq -r .data.verdict"],
  },
  {
    path: "config show",
    summary: "Show every setting with its source, secrets masked",
    load: async () => (await import("./commands/config-show.ts")).configShow,
    examples: ["aura-wake config show"],
  },
  {
    path: "keepalive",
    summary: "Keep an instance from being paused: wake it, and write to it",
    load: async () => (await import("./commands/keepalive.ts")).keepalive,
    examples: [
      "aura-wake keepalive orders",
      "aura-wake keepalive --every 24h",
      "aura-wake keepalive --check",
    ],
  },
  {
    path: "keepalive init",
    summary: "Write a schedule that keeps an instance awake from elsewhere",
    load: async () => (await import("./commands/keepalive-init.ts")).keepaliveInit,
    examples: ["aura-wake keepalive init github"],
  },
  {
    path: "mcp",
    summary: "Serve an AI assistant: an MCP server over standard input and output, or HTTP",
    load: async () => (await import("./commands/mcp.ts")).mcp,
    examples: ["aura-wake mcp --allow-wake", "aura-wake mcp --emulator --allow-write"],
  },
  {
    path: "emulator",
    summary: "Run a local Aura until Ctrl-C",
    load: async () => (await import("./commands/emulator.ts")).emulator,
    examples: [
      "aura-wake emulator",
      "aura-wake emulator --instances orders,stock --seed movies.cypher --persist ./aura",
      "aura-wake emulator --env > aura.env &    # then: source aura.env",
    ],
  },
  {
    path: "completion",
    summary: "Print the script by which your shell completes aura-wake",
    load: async () =>
      (await import("./commands/completion.ts")).completion({ commands: COMMANDS, groups: GROUPS }),
    examples: ["source <(aura-wake completion bash)", "aura-wake completion fish | source"],
  },
];
