/**
 * Ready files that keep an instance awake from where schedules run for nothing.
 *
 * @module
 */
import { HEARTBEAT } from "./heartbeat.ts";

/** Where a schedule can run. */
export const SCHEDULE_KINDS = ["github", "deno", "cloudflare"] as const;

/** One of them. */
export type ScheduleKind = typeof SCHEDULE_KINDS[number];

/** A file, and what has to be known of it. */
export interface Schedule {
  /** From the root of the project: file and text. */
  readonly files: Readonly<Record<string, string>>;
  /** What is left to do by hand. */
  readonly steps: readonly string[];
}

/** Every twelve hours, at an odd minute: on the hour everybody's schedules run, and some are dropped. */
const CRON = "17 5,17 * * *";

/** The same node each time: running it twice changes nothing. */
const HEARTBEAT_QUERY = `MERGE (beat:${HEARTBEAT}) SET beat.at = datetime()`;

/** Makes the files of one kind. */
export function scheduleFor(kind: ScheduleKind): Schedule {
  return SCHEDULES[kind];
}

const GITHUB =
  `# Keeps a Neo4j Aura instance from pausing: wakes it if it sleeps, then writes a heartbeat.
# GitHub stops the schedules of a repository in which nothing happened for 60 days, and mails its owner before: answer that mail.
name: Keep Neo4j Aura awake
on:
  schedule:
    - cron: "${CRON}"
  workflow_dispatch:
permissions: {}
concurrency: aura-wake-keepalive
jobs:
  keepalive:
    runs-on: ubuntu-latest
    timeout-minutes: 20
    steps:
      - uses: oven-sh/setup-bun@v2
      - run: bunx --bun aura-wake keepalive
        env:
          NEO4J_URI: \${{ secrets.NEO4J_URI }}
          NEO4J_USERNAME: \${{ secrets.NEO4J_USERNAME }}
          NEO4J_PASSWORD: \${{ secrets.NEO4J_PASSWORD }}
          NEO4J_DATABASE: \${{ secrets.NEO4J_DATABASE }}
          AURA_CLIENT_ID: \${{ secrets.AURA_CLIENT_ID }}
          AURA_CLIENT_SECRET: \${{ secrets.AURA_CLIENT_SECRET }}
`;

const DENO =
  `// Keeps a Neo4j Aura instance from pausing: wakes it if it sleeps, then writes a heartbeat.
// For Deno Deploy, or for a machine of your own: deno run --unstable-cron --allow-env --allow-net aura-keepalive.ts
import { connect, fromEnv } from "npm:aura-wake/neo4j";

Deno.cron("keep Neo4j Aura awake", "${CRON}", async () => {
  const { uri, ...options } = fromEnv(Deno.env.toObject());
  // Over HTTPS: there is no driver to install, and no socket that would stay open until the next time.
  const https = options.queryApiUrl ?? uri.replace(/^\\w+\\+s:/, "https:");
  const db = connect({ ...options, uri: https });
  try {
    await db.write("${HEARTBEAT_QUERY}", {}, { idempotent: true });
  } finally {
    await db.close();
  }
});
`;

const CLOUDFLARE_WORKER =
  `// Keeps a Neo4j Aura instance from pausing: wakes it if it sleeps, then writes a heartbeat.
import { connect, fromEnv } from "aura-wake/neo4j";

export default {
  async scheduled(_controller, env) {
    // On Workers this goes over the HTTP Query API, which Aura has on the same host.
    const db = connect(fromEnv(env));
    try {
      await db.write("${HEARTBEAT_QUERY}", {}, { idempotent: true });
    } finally {
      await db.close();
    }
  },
};
`;

const CLOUDFLARE_CONFIG = `${
  JSON.stringify(
    {
      name: "aura-wake-keepalive",
      main: "aura-keepalive.js",
      compatibility_date: "2026-01-01",
      triggers: { crons: [CRON] },
    },
    null,
    2,
  )
}
`;

const VARIABLES =
  "NEO4J_URI, NEO4J_USERNAME, NEO4J_PASSWORD, AURA_CLIENT_ID and AURA_CLIENT_SECRET";

const SCHEDULES: Readonly<Record<ScheduleKind, Schedule>> = {
  github: {
    files: { ".github/workflows/aura-keepalive.yml": GITHUB },
    steps: [
      `set the repository's secrets ${VARIABLES}, and NEO4J_DATABASE if your file has it`,
      "commit the file, and push it to the default branch",
      "GitHub stops schedules after 60 days without activity in the repository, and mails before it does",
    ],
  },
  deno: {
    files: { "aura-keepalive.ts": DENO },
    steps: [
      `set the variables ${VARIABLES} where it runs, and NEO4J_DATABASE if your file has it`,
      "deploy the file",
    ],
  },
  cloudflare: {
    files: { "aura-keepalive.js": CLOUDFLARE_WORKER, "wrangler.jsonc": CLOUDFLARE_CONFIG },
    steps: [
      "npm install aura-wake hono",
      `set ${VARIABLES}, and NEO4J_DATABASE if your file has it, each with npx wrangler secret put`,
      "npx wrangler deploy",
    ],
  },
};
