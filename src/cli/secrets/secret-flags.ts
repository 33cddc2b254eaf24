/**
 * The flags of the commands whose answers have secrets in them.
 *
 * @module
 */

/** The flags of the command that makes a password. */
export const PASSWORD_FLAGS = {
  "credentials-out": {
    type: "string",
    valueHint: "file",
    description:
      "Where the password goes, readable by you alone (default: Neo4j-<id>-Created-<date>.txt in this folder)",
  },
  "show-password": {
    type: "boolean",
    description: "Print the password too, once; needs a terminal",
  },
} as const;

/** The flags of every command that makes a key. */
export const KEY_FLAGS = {
  "credentials-out": {
    type: "string",
    valueHint: "file",
    description: "Where the key goes, readable by you alone (default: a new file in this folder)",
  },
  "show-password": {
    type: "boolean",
    description: "Print the key too, once; needs a terminal",
  },
} as const;
