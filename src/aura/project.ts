/**
 * What the Aura API says of a project, which its version 1 calls a tenant.
 *
 * @see https://neo4j.com/docs/aura/platform/api/specification/
 * @module
 */

/** A row of the list. Fields that this package does not know are kept. */
export interface ProjectSummary {
  readonly id: string;
  readonly name: string;
  readonly [field: string]: unknown;
}

/** A project with what may be created in it. */
export interface Project extends ProjectSummary {
  readonly instance_configurations?: readonly InstanceConfiguration[];
}

/** One combination that `instances.create()` accepts. */
export interface InstanceConfiguration {
  readonly cloud_provider: string;
  readonly region: string;
  readonly region_name?: string;
  readonly type: string;
  readonly memory: string;
  readonly storage?: string;
  readonly version: string;
  readonly [field: string]: unknown;
}
