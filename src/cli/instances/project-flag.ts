/**
 * The flag that names a project.
 *
 * @module
 */

/** For commands that need one. */
export const PROJECT_FLAG = {
  type: "string",
  valueHint: "id|name",
  description: "The project (default: the one in the settings, or the only one)",
} as const;
