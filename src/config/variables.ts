/**
 * Every setting with the variables that it may stand in; the first one that has a value wins. `names.ts` has its own list of those that
 * the middleware reads, because a shared one would make the middleware larger; a test holds the two together.
 *
 * @module
 */

/** A setting by its name in `config show`. */
export type SettingName =
  | "uri"
  | "username"
  | "password"
  | "database"
  | "instance"
  | "organization"
  | "project"
  | "api url"
  | "token url"
  | "query api url"
  | "journal"
  | "wake enabled"
  | "max resume calls"
  | "first guess"
  | "cooldown"
  | "deadline"
  | "hold"
  | "max wakes a day"
  | McpSettingName;

/** What an MCP server over HTTP is told, under the names that the servers of mcp-neo4j have for it. */
export type McpSettingName =
  | "mcp transport"
  | "mcp host"
  | "mcp port"
  | "mcp path"
  | "mcp allowed origins"
  | "mcp allowed hosts"
  | "mcp stateless"
  | "mcp namespace";

/** The variables of each setting but the key of the Aura API, which comes in pairs and stands below. */
export const VARIABLES: Readonly<Record<SettingName, readonly string[]>> = {
  uri: ["NEO4J_URI", "NEO4J_CONNECTION_URI"],
  username: ["NEO4J_USERNAME", "NEO4J_USER"],
  password: ["NEO4J_PASSWORD"],
  database: ["NEO4J_DATABASE"],
  instance: ["AURA_INSTANCEID", "AURA_INSTANCE_ID", "NEO4J_AURA_INSTANCE_ID"],
  organization: ["AURA_ORGANIZATION_ID"],
  project: ["AURA_PROJECT_ID", "AURA_TENANT_ID", "AURA_API_TENANT_ID", "AURA_API_PROJECT_ID"],
  "api url": ["AURA_BASE_URL"],
  "token url": ["AURA_AUTH_URL"],
  "query api url": ["AURA_WAKE_QUERY_API_URL"],
  journal: ["AURA_WAKE_JOURNAL"],
  "wake enabled": ["AURA_WAKE_ENABLED", "NEO4J_AUTO_RESUME_ENABLED"],
  "max resume calls": ["AURA_WAKE_MAX_RESUME_CALLS", "NEO4J_RESUME_RETRY_MAX"],
  "first guess": ["AURA_WAKE_FIRST_GUESS_MS", "NEO4J_RESUME_INITIAL_DELAY"],
  cooldown: ["AURA_WAKE_COOLDOWN_MS", "NEO4J_RESUME_COOLDOWN"],
  deadline: ["AURA_WAKE_DEADLINE_MS"],
  hold: ["AURA_WAKE_HOLD_MS"],
  "max wakes a day": ["AURA_WAKE_MAX_PER_DAY"],
  "mcp transport": ["NEO4J_TRANSPORT"],
  "mcp host": ["NEO4J_MCP_SERVER_HOST"],
  "mcp port": ["NEO4J_MCP_SERVER_PORT"],
  "mcp path": ["NEO4J_MCP_SERVER_PATH"],
  "mcp allowed origins": ["NEO4J_MCP_SERVER_ALLOW_ORIGINS"],
  "mcp allowed hosts": ["NEO4J_MCP_SERVER_ALLOWED_HOSTS"],
  "mcp stateless": ["NEO4J_MCP_SERVER_STATELESS"],
  "mcp namespace": ["NEO4J_NAMESPACE"],
};

/** What belongs to one database: to another one it means nothing, and a password must not be sent there. */
export const DATABASE_SETTINGS: ReadonlySet<SettingName> = new Set<SettingName>([
  "username",
  "password",
  "database",
  "instance",
  "query api url",
]);

/** Where an API key is sent. */
export const ENDPOINT_SETTINGS: ReadonlySet<SettingName> = new Set<SettingName>([
  "api url",
  "token url",
]);

/** A way to sign in to the Aura API, complete or not at all; the last variable holds the secret. */
export interface SignInNames {
  readonly kind: "client" | "token" | "user";
  readonly variables: readonly string[];
}

/** The ways to sign in, the first whole one wins. */
export const SIGN_INS: readonly SignInNames[] = [
  { kind: "client", variables: ["NEO4J_AURA_CLIENT_ID", "NEO4J_AURA_CLIENT_SECRET"] },
  { kind: "client", variables: ["AURA_CLIENT_ID", "AURA_CLIENT_SECRET"] },
  { kind: "client", variables: ["AURA_API_CLIENT_ID", "AURA_API_CLIENT_SECRET"] },
  { kind: "client", variables: ["NEO4J_AURA_API_CLIENT_ID", "NEO4J_AURA_API_CLIENT_SECRET"] },
  { kind: "client", variables: ["NEO4J_CLIENT_ID", "NEO4J_CLIENT_SECRET"] },
  { kind: "token", variables: ["NEO4J_AURA_API_TOKEN"] },
  { kind: "user", variables: ["NEO4J_AURA_API_USERNAME", "NEO4J_AURA_API_PASSWORD"] },
];

/** What must never be shown. */
export const SECRET_VARIABLES: ReadonlySet<string> = new Set([
  "NEO4J_PASSWORD",
  ...SIGN_INS.map(({ variables }) => variables.at(-1) ?? ""),
]);
