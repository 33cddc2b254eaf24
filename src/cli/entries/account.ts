/**
 * The commands about what an account has: projects, organizations, ids.
 *
 * @module
 */
import type { CommandEntry } from "../command-entry.ts";

/** In the order of the help. */
export const ACCOUNT_ENTRIES: readonly CommandEntry[] = [
  {
    path: "projects list",
    summary: "List the projects that your key may see",
    load: async () => (await import("../commands/projects-list.ts")).projectsList,
  },
  {
    path: "projects get",
    summary: "Show one project",
    load: async () => (await import("../commands/projects-get.ts")).projectsGet,
    examples: ["aura-wake projects get --json | jq .data.instance_configurations"],
  },
  {
    path: "organizations list",
    summary: "List the organizations that your key may see",
    load: async () => (await import("../commands/organizations-list.ts")).organizationsList,
  },
  {
    path: "ids",
    summary: "Show the ids of organizations, projects and instances",
    load: async () => (await import("../commands/ids.ts")).ids,
    examples: ["aura-wake ids", 'eval "$(aura-wake ids --instance orders --env)"'],
  },
];
