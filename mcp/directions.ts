/**
 * How an assistant does what is to be done next: by tools and arguments.
 *
 * @module
 */
import type { Directions, Field } from "../src/operate/directions.ts";

/** Arguments that are not called as the fields are. */
const ARGUMENTS: Partial<Readonly<Record<Field, string>>> = {
  credentials: "credential",
  model: "model_id",
  timeout: "timeout_seconds",
  url: "jwks_url",
};

/** Says it as `speak` speaks of tools: by the names under which they are listed, and of those that are not that they are not. */
export function directionsFor(speak: (text: string) => string): Directions {
  const tool = (name: string, about = ""): string => speak(`${name}${about}`);
  return {
    field: (name) => ARGUMENTS[name] ?? name,
    instances: {
      list: () => tool("list_instances"),
      show: (id) => tool("get_instance", ` ${id}`),
      wake: (id) => tool("resume_instance", ` ${id}`),
      delete: (id) => tool("delete_instance", ` ${id}`),
      sizes: tool("create_instance", " with dry_run"),
    },
    projects: { list: tool("list_projects") },
    snapshots: {
      list: (instanceId) => tool("list_snapshots", ` of ${instanceId}`),
      show: (id, instanceId) => tool("list_snapshots", ` of ${instanceId}, ${id}`),
      takeOneOrLookBack: () =>
        `${tool("create_snapshot")} takes one; ${
          tool("list_snapshots")
        } with date shows older ones`,
    },
    dataApis: {
      list: (instanceId) => tool("list_graphql_apis", ` of ${instanceId}`),
      show: ({ api, instance }) => tool("get_graphql_api", ` ${api} of ${instance}`),
      listAuth: ({ api }) => tool("get_graphql_api", ` ${api}`),
      addAuth: (apiId) => tool("add_graphql_auth_provider", ` to ${apiId}`),
    },
    imports: {
      waitAgainOrCancel: (jobId) =>
        `${tool("wait_for_import_job", ` ${jobId}`)} waits for it again, ${
          tool("cancel_import_job")
        } ends it`,
      settle: (key) => `aura-wake imports settle ${key ?? "KEY"}, which a person runs,`,
    },
    status: tool("list_instances"),
    settings: "the resource aura://config",
    diagnose: tool("diagnose"),
    stopped: "Stopped by the client",
    ownLogin: "give credential, the name of a login",
  };
}
