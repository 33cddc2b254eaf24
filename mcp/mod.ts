/**
 * The MCP server, for programs that serve it themselves.
 *
 * @module
 */
export { type AuraMcpServer, createAuraMcpServer } from "./create-server.ts";
export type { AuraMcpOptions, ToolOutcome } from "./options.ts";
export type { DatabaseCredentials } from "../src/config/database-credentials.ts";
export type { OperateState } from "../src/operate/context.ts";
export type {
  LostSecret,
  SecretPlace,
  SecretSink,
  WantedPlace,
} from "../src/operate/secrets/secret-place.ts";
export type { Caller, Narrowing } from "./caller.ts";
export type { Mode } from "./mode.ts";
export type { Scope } from "./scope.ts";
export type { Toolset } from "./tool.ts";
export { mountMcp, type MountMcpOptions } from "./mount.ts";
export type { MountedMcp } from "./http/app.ts";
export type { HttpMetrics } from "./http/metrics.ts";
export type { OAuthOptions } from "./http/options.ts";
