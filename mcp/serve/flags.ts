/**
 * The flags of the MCP server as data: its own entry and the command line read the same ones.
 *
 * @module
 */

/** One flag. */
export interface McpFlag {
  readonly type: "boolean" | "string" | "enum";
  readonly description: string;
  readonly valueHint?: string;
  readonly options?: string[];
}

/** Those of every server. */
export type ServerFlag =
  | "allow-wake"
  | "allow-write"
  | "allow-destructive"
  | "toolsets"
  | "tools"
  | "exclude-tools"
  | "prefix"
  | "project"
  | "instance"
  | "confirm"
  | "no-confirm"
  | "secrets-folder"
  | "emulator";

/** Those of a server over HTTP. */
export type HttpFlag =
  | "http"
  | "port"
  | "host"
  | "path"
  | "stateless"
  | "allowed-hosts"
  | "allowed-origins"
  | "issuer"
  | "audience"
  | "jwks-url";

/** What every server takes. */
export const SERVER_FLAGS: Readonly<Record<ServerFlag, McpFlag>> = {
  "allow-wake": {
    type: "boolean",
    description: "Let it wake paused instances (default: it only reads)",
  },
  "allow-write": {
    type: "boolean",
    description: "Let it create and change things, too: that may cost money",
  },
  "allow-destructive": {
    type: "boolean",
    description: "Let it pause, delete and overwrite, too; a person is asked each time",
  },
  toolsets: {
    type: "string",
    valueHint: "list",
    description:
      "Which tools there are: core, instances, snapshots, imports, graphql, database (default: all but database)",
  },
  tools: {
    type: "string",
    valueHint: "list",
    description: "Only these tools of them (default: all)",
  },
  "exclude-tools": {
    type: "string",
    valueHint: "list",
    description: "Not these tools (default: none)",
  },
  prefix: {
    type: "string",
    valueHint: "word",
    description:
      "What tool names begin with, where two servers are side by side (default: nothing)",
  },
  project: {
    type: "string",
    valueHint: "id|name",
    description: "Work on this project alone; the argument is gone from all tools",
  },
  instance: {
    type: "string",
    valueHint: "id|name",
    description: "Work on this instance alone; the argument is gone from all tools",
  },
  confirm: {
    type: "enum",
    options: ["ask", "token"],
    description:
      "How consent is given: a form for the person, or a preview and a token, which prove only that the model has seen it (default: ask)",
  },
  "no-confirm": {
    type: "string",
    valueHint: "list",
    description: "Tools that ask nobody, for use with nobody there (default: none)",
  },
  "secrets-folder": {
    type: "string",
    valueHint: "directory",
    description: "Where files with new passwords and keys go (default: the working folder)",
  },
  emulator: {
    type: "boolean",
    description: "Start with a local Aura of its own, to try everything without an account",
  },
};

/** What a server over HTTP takes beside these. A token is never a flag: `AURA_WAKE_MCP_TOKEN`. */
export const HTTP_FLAGS: Readonly<Record<HttpFlag, McpFlag>> = {
  http: {
    type: "boolean",
    description: "Serve Streamable HTTP instead of standard input and output",
  },
  port: {
    type: "string",
    valueHint: "number",
    description: "The port (default: NEO4J_MCP_SERVER_PORT, else 8000)",
  },
  host: {
    type: "string",
    valueHint: "name",
    description:
      "Where to listen; beyond this machine it needs AURA_WAKE_MCP_TOKEN or --issuer (default: 127.0.0.1)",
  },
  path: { type: "string", valueHint: "path", description: "The path (default: /mcp)" },
  stateless: {
    type: "boolean",
    description: "Keep no sessions: for many machines behind one address; nobody can be asked then",
  },
  "allowed-hosts": {
    type: "string",
    valueHint: "list",
    description: "Names that this server is called by (default: those of this machine)",
  },
  "allowed-origins": {
    type: "string",
    valueHint: "list",
    description: "Web pages that may call it (default: none but those of this machine)",
  },
  issuer: {
    type: "string",
    valueHint: "url",
    description: "Take the access tokens of this OAuth issuer (default: none)",
  },
  audience: {
    type: "string",
    valueHint: "text",
    description: "What those tokens must be for (default: the address of this server)",
  },
  "jwks-url": {
    type: "string",
    valueHint: "url",
    description: "Where the issuer's keys are (default: what the issuer says)",
  },
};

/** The values of flags as they were typed; what is undefined was not given. */
export type FlagValues = {
  readonly [Name in ServerFlag | HttpFlag]?: string | boolean | undefined;
};

/** A line for each flag. */
export function flagsText(flags: Readonly<Record<string, McpFlag>>): string {
  return Object.entries(flags).map(([name, { valueHint, options, description }]) => {
    const value = options?.join("|") ?? valueHint;
    const flag = `--${name}${value === undefined ? "" : ` ${options ? value : `<${value}>`}`}`;
    return `  ${flag.padEnd(31)} ${description}\n`;
  }).join("");
}
