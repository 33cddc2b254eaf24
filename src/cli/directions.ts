/**
 * Commands and flags, as suggestions name them.
 *
 * @module
 */
import type { Directions } from "../operate/directions.ts";

/** What is to be done next, on a command line. */
export const directions: Directions = {
  field: (name) => `--${name.replaceAll("_", "-")}`,
  instances: {
    list: (projectId) =>
      `aura-wake instances list${projectId === undefined ? "" : ` --project ${projectId}`}`,
    show: (id) => `aura-wake instances get ${id}`,
    wake: (id) => `aura-wake wake ${id}`,
    delete: (id) => `aura-wake instances delete ${id} --yes`,
    sizes: "aura-wake instances sizes",
  },
  projects: { list: "aura-wake projects list", owners: "aura-wake ids" },
  snapshots: {
    list: (instanceId) => `aura-wake snapshots list --instance ${instanceId} --days 7`,
    show: (id, instanceId) => `aura-wake snapshots get ${id} --instance ${instanceId}`,
    takeOneOrLookBack: (instanceId) =>
      `aura-wake snapshots create --instance ${instanceId} --wait takes one; ` +
      "snapshots list --date shows older ones",
  },
  dataApis: {
    list: (instanceId) => `aura-wake graphql list --instance ${instanceId}`,
    show: ({ api, instance }) => `aura-wake graphql get ${api} --instance ${instance}`,
    listAuth: ({ api, instance }) => `aura-wake graphql auth list ${api} --instance ${instance}`,
    addAuth: (apiId) => `aura-wake graphql auth add ${apiId}`,
  },
  imports: {
    waitAgainOrCancel: (jobId) =>
      `aura-wake imports wait ${jobId} waits for it again, imports cancel ${jobId} ends it`,
    settle: (key = "KEY") => `aura-wake imports settle ${key}`,
  },
  status: "aura-wake status",
  settings: "aura-wake config show",
  diagnose: "aura-wake doctor",
  stopped: "Stopped by Ctrl-C",
  stopAtOnce: "Ctrl-C again ends at once",
  ownLogin: "name its own with --credentials, or its file with --credentials-file",
  letWrite: "add --write if it is meant to write",
  otherPlace: "choose another place with --credentials-out",
  showOrigin: "run again with --verbose to see where",
};
