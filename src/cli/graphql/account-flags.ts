/**
 * The flags that say how a Data API signs in to its instance.
 *
 * @module
 */

/** The flags; no password is ever one of them. */
export const ACCOUNT_FLAGS: {
  readonly credentials: {
    readonly type: "string";
    readonly valueHint: string;
    readonly description: string;
  };
  readonly "service-account": {
    readonly type: "enum";
    readonly options: string[];
    readonly description: string;
  };
} = {
  credentials: {
    type: "string",
    valueHint: "name",
    description: "Sign in to the database as the user that was saved under this name",
  },
  "service-account": {
    type: "enum",
    options: ["read_only", "read_write"],
    description:
      "Sign in by an account that Aura keeps itself (a new Data API's default, without --credentials: read_write)",
  },
};
