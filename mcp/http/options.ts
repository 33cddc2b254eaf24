/**
 * What the MCP server over HTTP is made with.
 *
 * @see https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#streamable-http
 * @module
 */
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport";
import type { Clock } from "../../src/clock.ts";
import type { Caller } from "../caller.ts";
import type { Mode } from "../mode.ts";
import type { HttpMetrics } from "./metrics.ts";

/** The server of one session or, without sessions, of one request. */
export interface ServedConnection {
  /** Aborts its calls and closes its transport. */
  close(): Promise<void>;
}

/** An authorization server whose access tokens (JWT) are accepted. */
export interface OAuthOptions {
  /** Its issuer identifier: what `iss` must be, and where its keys are found. */
  readonly issuer: string;
  /** What `aud` must be or contain. @default `resource` */
  readonly audience?: string | undefined;
  /** Its public keys. @default as its metadata say, found by way of `issuer` */
  readonly jwksUrl?: string | undefined;
  /** The address by which clients know this server. @default that of the request; https, except on loopback */
  readonly resource?: string | undefined;
  /**
   * What a scope allows. The most of a token's scopes counts; a token with none of them is refused.
   *
   * @default "aura:read", "aura:wake", "aura:write" and "aura:destroy"
   */
  readonly scopes?: Readonly<Record<string, Mode>> | undefined;
  /** What its metadata and keys are fetched by. @default the runtime's fetch */
  readonly fetch?: ((url: string, init: RequestInit) => Promise<Response>) | undefined;
}

/** Options of `createMcpApp()` and `mountOn()`. */
export interface HttpOptions {
  /** Makes the server of one session (without sessions: of one request) and connects it to the transport. */
  readonly serve: (caller: Caller, transport: Transport) => Promise<ServedConnection>;
  /** Where the endpoint is; a slash behind it makes no difference. @default "/mcp" */
  readonly path?: string | undefined;
  /** Says whether the server is up. @default "/healthz" */
  readonly healthPath?: string | false | undefined;
  /** Figures for Prometheus, behind the same token as the endpoint. @default "/metrics" */
  readonly metricsPath?: string | false | undefined;
  /** A server for each request, no sessions: for hosts that keep nothing between requests. Nobody can be asked then. @default false */
  readonly stateless?: boolean | undefined;
  /** The bearer token that every caller must bring. @default none */
  readonly token?: string | undefined;
  /** Accepts access tokens of this authorization server. @default none */
  readonly oauth?: OAuthOptions | undefined;
  /** Names by which this server may be called, with or without a port, beside loopback; "*" is any. @default loopback only */
  readonly allowedHosts?: readonly string[] | undefined;
  /** Origins of web pages that may call this server, beside loopback; "*" is any. @default loopback only */
  readonly allowedOrigins?: readonly string[] | undefined;
  /** Lets callers bring a key of the Aura API in `X-Aura-Client-Id` and `X-Aura-Client-Secret`. @default true */
  readonly acceptAuraCredentials?: boolean | undefined;
  /** Sessions at one time. When there are as many, the longest idle one makes way. @default 1_000 */
  readonly maxSessions?: number | undefined;
  /** After this time without a request and without an open stream a session ends. @default 1_800_000 ms (30 minutes) */
  readonly sessionIdleMs?: number | undefined;
  /** The largest request body. @default 1_048_576 bytes (1 MiB) */
  readonly maxBodyBytes?: number | undefined;
  /** Requests of one caller a minute; each message of a batch is one. All who share a token are one caller. @default 3_000 */
  readonly requestsPerMinute?: number | undefined;
  /** After this time a request is cancelled and answered with an error. @default 600_000 ms (10 minutes) */
  readonly maxRequestMs?: number | undefined;
  /** How long a call goes on whose client is gone, so that it may come back for the answer. @default 15_000 ms */
  readonly reconnectMs?: number | undefined;
  /** How long `close()` lets calls in flight finish. @default 5_000 ms */
  readonly drainMs?: number | undefined;
  /** Where requests and sessions are counted. @default one of its own */
  readonly metrics?: HttpMetrics | undefined;
  /** Told of what goes wrong inside. Never a secret. @default nobody */
  readonly log?: ((line: string) => void) | undefined;
  /** @default the machine's clock */
  readonly clock?: Clock | undefined;
}
