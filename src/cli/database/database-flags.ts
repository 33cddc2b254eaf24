/**
 * The flags of the commands that go to a database.
 *
 * @module
 */
import type { DatabaseChoice } from "../../operate/database/open-database.ts";
import { parseDuration } from "../input/parse-duration.ts";

/** The flag that chooses other credentials than those of the settings. */
export const CREDENTIALS_FLAG = {
  credentials: {
    type: "string",
    valueHint: "name",
    description:
      "Named database credentials: AURA_WAKE_DB_<NAME>_USERNAME and _PASSWORD, or a file of that name (default: NEO4J_USERNAME and NEO4J_PASSWORD)",
  },
} as const;

const INSTANCE_FLAG = {
  instance: {
    type: "string",
    valueHint: "id|name",
    description: "The instance (default: the one in the settings)",
  },
} as const;

const QUERY_FLAGS = {
  database: {
    type: "string",
    valueHint: "name",
    description: "The database (default: NEO4J_DATABASE, else the home database)",
  },
  timeout: {
    type: "string",
    valueHint: "duration",
    default: "30s",
    description: "How long a query may take, waking aside (default: 30s)",
  },
} as const;

/** The flags of every command that queries. */
export const DATABASE_FLAGS: typeof INSTANCE_FLAG & typeof CREDENTIALS_FLAG & typeof QUERY_FLAGS = {
  ...INSTANCE_FLAG,
  ...CREDENTIALS_FLAG,
  ...QUERY_FLAGS,
};

/** What those flags say. */
export interface DatabaseFlags {
  readonly instance: string | undefined;
  readonly credentials: string | undefined;
  readonly database: string | undefined;
  readonly timeout: string;
}

/** Reads them. @throws {OperateError} USAGE */
export function readDatabaseFlags({ timeout, ...choice }: DatabaseFlags): DatabaseChoice {
  return { ...choice, timeoutMs: parseDuration("--timeout", timeout) };
}
