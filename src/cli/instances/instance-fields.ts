/**
 * How an instance looks to eyes.
 *
 * @module
 */
import type { Instance } from "../../aura/instance.ts";
import type { Cell } from "../output/table.ts";

/** The fields of one instance, those first that people look for. */
export function instanceFields(instance: Instance): Readonly<Record<string, Cell>> {
  return {
    id: instance.id,
    name: instance.name,
    status: instance.status,
    type: instance.type,
    memory: instance.memory,
    storage: instance.storage ?? undefined,
    nodes: instance.graph_nodes,
    relationships: instance.graph_relationships,
    region: instance.region === undefined
      ? instance.cloud_provider
      : `${instance.cloud_provider} ${instance.region}`,
    project: instance.tenant_id,
    "connection URL": instance.connection_url,
    created: instance.created_at,
  };
}
