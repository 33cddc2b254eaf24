/**
 * Addresses of resources, of ids alone: a name is written by others, and may be anything.
 *
 * @module
 */

/** `aura://instances/a1b2c3d4` */
export function instanceUri(id: string): string {
  return `aura://instances/${encodeURIComponent(id)}`;
}

/** `aura://projects/<id>` */
export function projectUri(id: string): string {
  return `aura://projects/${encodeURIComponent(id)}`;
}

/** `aura://import-jobs/<id>`; of one that has no id yet, by the key of its record. */
export function importJobUri(id: string): string {
  return `aura://import-jobs/${encodeURIComponent(id)}`;
}

/** `aura://graphql/<instance>/<id>/schema` */
export function schemaUri(instanceId: string, apiId: string): string {
  return `aura://graphql/${encodeURIComponent(instanceId)}/${encodeURIComponent(apiId)}/schema`;
}
