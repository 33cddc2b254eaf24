/**
 * What the Aura API says of an organization: what its projects belong to.
 *
 * @see https://neo4j.com/docs/aura/platform/api/specification/
 * @module
 */

/** An organization. Fields that this package does not know are kept. */
export interface Organization {
  readonly id: string;
  readonly name: string;
  readonly [field: string]: unknown;
}
