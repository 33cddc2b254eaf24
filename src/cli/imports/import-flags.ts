/**
 * The flags of several commands for import jobs.
 *
 * @module
 */

/** The limit: jobs take longer than anything else. */
export const IMPORT_TIMEOUT_FLAG = {
  type: "string",
  valueHint: "duration",
  description: "How long to wait at most, such as 20m or 3h (default: 1h)",
} as const;

/** The flags that say it. */
export const PLACE_FLAGS = {
  organization: {
    type: "string",
    valueHint: "id",
    description: "The organization (default: AURA_ORGANIZATION_ID, else found by the project)",
  },
  project: {
    type: "string",
    valueHint: "id|name",
    description: "The project (default: that of the instance)",
  },
} as const;

/** The arguments that name a job. */
export const JOB_ARGS = {
  job: {
    type: "positional",
    description: "The job's id, or the key under which it is written down",
  },
  organization: {
    type: "string",
    valueHint: "id",
    description: "For a job that was not started from here: its organization",
  },
  project: {
    type: "string",
    valueHint: "id|name",
    description: "For a job that was not started from here: its project",
  },
} as const;
