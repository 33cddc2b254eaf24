/**
 * The commands about instances.
 *
 * @module
 */
import type { CommandEntry } from "../command-entry.ts";

/** In the order of the help. */
export const INSTANCE_ENTRIES: readonly CommandEntry[] = [
  {
    path: "instances list",
    summary: "List the instances, with status and type",
    load: async () => (await import("../commands/instances-list.ts")).instancesList,
    examples: ["aura-wake instances list", "aura-wake instances list --json | jq '.data[].id'"],
  },
  {
    path: "instances get",
    summary: "Show one instance",
    load: async () => (await import("../commands/instances-get.ts")).instancesGet,
    examples: ["aura-wake instances get orders"],
  },
  {
    path: "instances create",
    summary: "Create an instance; its password goes to a file",
    load: async () => (await import("../commands/instances-create.ts")).instancesCreate,
    examples: [
      "aura-wake instances create --name demo --wait",
      "aura-wake instances create --name orders --type professional-db --memory 4GB --region europe-west1",
    ],
  },
  {
    path: "instances update",
    summary: "Rename, resize or reconfigure an instance",
    load: async () => (await import("../commands/instances-update.ts")).instancesUpdate,
    examples: ["aura-wake instances update orders --memory 8GB --wait"],
  },
  {
    path: "instances delete",
    summary: "Delete an instance and all its data",
    load: async () => (await import("../commands/instances-delete.ts")).instancesDelete,
    examples: ["aura-wake instances delete orders --yes --wait"],
  },
  {
    path: "instances pause",
    summary: "Pause an instance; not for Free ones, which pause by themselves",
    load: async () => (await import("../commands/instances-pause.ts")).instancesPause,
    examples: ["aura-wake instances pause orders --wait"],
  },
  {
    path: "instances resume",
    summary: "Resume a paused instance",
    load: async () => (await import("../commands/instances-resume.ts")).instancesResume,
    examples: ["aura-wake instances resume orders --wait"],
  },
  {
    path: "instances overwrite",
    summary: "Replace all data of an instance by that of another",
    load: async () => (await import("../commands/instances-overwrite.ts")).instancesOverwrite,
    examples: [
      "aura-wake instances overwrite staging --source-instance orders",
      "aura-wake instances overwrite staging --source-instance orders --source-snapshot latest --yes",
    ],
  },
  {
    path: "instances upgrade",
    summary: "Make a Professional instance a Business Critical one",
    load: async () => (await import("../commands/instances-upgrade.ts")).instancesUpgrade,
    examples: ["aura-wake instances upgrade orders --memory 16GB --storage 32GB"],
  },
  {
    path: "instances sizes",
    summary: "Show what can be created, or which size a graph needs",
    load: async () => (await import("../commands/instances-sizes.ts")).instancesSizes,
    examples: [
      "aura-wake instances sizes --type professional-db",
      "aura-wake instances sizes --nodes 1000000 --relationships 5000000 --algorithms centrality",
    ],
  },
];
