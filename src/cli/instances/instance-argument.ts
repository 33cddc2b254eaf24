/**
 * The argument by which commands are told which instance is meant.
 *
 * @module
 */

/** For commands that do no harm to the one in the settings; those that destroy want it named. */
export const INSTANCE_ARGUMENT = {
  instance: {
    type: "positional",
    required: false,
    description: "Its id or exact name (default: the one in the settings)",
  },
} as const;
