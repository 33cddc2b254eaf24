/**
 * Serves over HTTP until the process is to end.
 *
 * @module
 */
import type { Clock } from "../../src/clock.ts";
import { hostOf, isLoopback } from "../../src/hosts.ts";
import { AuraWakeError } from "../../src/errors.ts";
import type { HttpOptions } from "../http/options.ts";
import type { HttpMetrics } from "../http/metrics.ts";
import { type HttpService, serveHttp, type ServeHttpOptions } from "../http/serve.ts";
import type { FlagValues } from "./flags.ts";
import type { OpenServer } from "./open-server.ts";
import { MCP_VARIABLES } from "./own-variables.ts";
import { list, text } from "./read-flags.ts";

/** What it takes beside flags and server. */
export interface HttpWorld {
  readonly env: (name: string) => string | undefined;
  readonly signal: AbortSignal;
  readonly clock: Clock;
  readonly log: (line: string) => void;
  readonly metrics: HttpMetrics | undefined;
}

const DEFAULT_PORT = 8_000;
const SHORTEST_TOKEN = 16;
/** What the runtimes say of a host that is not this machine's, or none at all. */
const NO_ADDRESS = /^E(?:ADDRNOTAVAIL|INVAL|NOTFOUND|AFNOSUPPORT|AI_\w+)$/;

/** Serves, and says on which address. @throws {AuraWakeError} CONFIG_INVALID */
export async function serveOverHttp(
  flags: FlagValues,
  { server, settings: load }: OpenServer,
  { env, signal, clock, log, metrics }: HttpWorld,
): Promise<void> {
  const settings = await load();
  const wrong = settings.problems.find(({ message }) => message.startsWith("NEO4J_MCP_SERVER_"));
  if (wrong !== undefined) throw invalid(wrong.message.replace(/; the default is used$/, ""));
  const { mcp } = settings;
  const hostname = text(flags.host) ?? mcp.host;
  // Blanks alone are refused further on: somebody wanted a token.
  const token = (env(MCP_VARIABLES.token) || undefined)?.trim();
  const oauth = readOAuth(flags);
  const host = /^[^[]*:/.test(hostname ?? "") ? `[${hostname}]` : hostname;
  if (hostname !== undefined && !isLoopback(hostOf(`http://${host}`))) {
    checkOpenness(hostname, { token, hasIssuer: oauth !== undefined });
  }
  const service = await listen({
    port: readPort(text(flags.port)) ?? mcp.port ?? DEFAULT_PORT,
    hostname,
    path: text(flags.path) ?? mcp.path?.replace(/(?<=.)\/$/, ""),
    stateless: flags.stateless === true || mcp.stateless === true,
    token,
    oauth,
    allowedHosts: list(flags["allowed-hosts"]) ?? mcp.allowedHosts,
    allowedOrigins: list(flags["allowed-origins"]) ?? mcp.allowedOrigins,
    clock,
    log,
    metrics,
    serve: (caller, transport) => server.connect(transport, caller),
  });
  log(`Serving MCP at ${service.url}; Ctrl-C ends it`);
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
  await service.close();
}

/** A token that can be guessed is none, where everybody may try. @throws {AuraWakeError} CONFIG_INVALID */
function checkOpenness(
  hostname: string,
  { token, hasIssuer }: { readonly token: string | undefined; readonly hasIssuer: boolean },
): void {
  if (token === undefined && !hasIssuer) {
    throw invalid(
      `on ${hostname} others could call it without a token; set ${MCP_VARIABLES.token}, or --issuer`,
    );
  }
  if (token !== undefined && token !== "" && token.length < SHORTEST_TOKEN) {
    throw invalid(
      `${MCP_VARIABLES.token} has ${token.length} characters; beyond this machine it needs ${SHORTEST_TOKEN} at least`,
    );
  }
}

async function listen(options: ServeHttpOptions): Promise<HttpService> {
  try {
    return await serveHttp(options);
  } catch (error) {
    const { code } = Object(error) as NodeJS.ErrnoException;
    const problem = code === "EADDRINUSE"
      ? `port ${options.port} is taken; choose another one with --port`
      : code === "EACCES"
      ? `port ${options.port} may not be used; choose another one with --port`
      : code !== undefined && NO_ADDRESS.test(code)
      ? `this machine has no address ${options.hostname}; choose another one with --host`
      : undefined;
    if (problem === undefined) throw error;
    throw new AuraWakeError("CONFIG_INVALID", `Cannot start the MCP server: ${problem}`, {
      cause: error,
    });
  }
}

function readPort(value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  if (/^\d{1,5}$/.test(value) && Number(value) < 65_536) return Number(value);
  throw invalid(`--port must be a number from 0 to 65535, got "${value}"`);
}

function readOAuth(flags: FlagValues): HttpOptions["oauth"] {
  const [issuer, audience, jwksUrl] = [flags.issuer, flags.audience, flags["jwks-url"]].map(text);
  if (issuer !== undefined) return { issuer, audience, jwksUrl };
  const lonely = audience !== undefined ? "--audience" : jwksUrl !== undefined ? "--jwks-url" : "";
  if (lonely === "") return undefined;
  throw invalid(`${lonely} says something of an OAuth issuer, and --issuer is missing`);
}

function invalid(what: string): AuraWakeError {
  return new AuraWakeError("CONFIG_INVALID", `Cannot start the MCP server: ${what}`);
}
