/**
 * What the server is narrowed to. Where it is, the argument is gone from every schema.
 *
 * @module
 */

/** One project, or one instance, or everything that the API key sees. */
export interface Scope {
  /** Id or exact name. */
  readonly project?: string | undefined;
  /** Id or exact name. */
  readonly instance?: string | undefined;
}
