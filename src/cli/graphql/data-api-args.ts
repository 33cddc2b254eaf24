/**
 * The argument and the flag that name a Data API.
 *
 * @module
 */

/** Both; the instance's alone where all of its Data APIs are meant. */
export const DATA_API_ARGS = {
  api: { type: "positional", description: "The Data API's id or exact name" },
  instance: {
    type: "string",
    valueHint: "id|name",
    description: "The instance that it belongs to (default: the one in the settings)",
  },
} as const;
