/**
 * Serves MCP on a Hono app, beside its own routes.
 *
 * @module
 */
import type { Env, Hono, Schema } from "hono";
import { createAuraMcpServer } from "./create-server.ts";
import { type MountedMcp, mountOn } from "./http/app.ts";
import { createMetrics } from "./http/metrics.ts";
import type { HttpOptions } from "./http/options.ts";
import type { AuraMcpOptions } from "./options.ts";

/** Options of `mountMcp()`: those of the server, and how it is reached. */
export interface MountMcpOptions
  extends AuraMcpOptions, Omit<HttpOptions, "serve" | "clock" | "log"> {}

/**
 * Serves MCP over Streamable HTTP on an app: `/mcp`, `/healthz`, `/metrics`. Mount it before `wake()`, which would hold an assistant
 * that wants to wake the database. Whoever can reach the app can call it: set `token` or `oauth` where that is not this machine alone.
 *
 * @throws {AuraWakeError} CONFIG_INVALID for an option that is misspelt or contradicts itself
 * @see https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#streamable-http
 *
 * @example One app for the middleware and for assistants
 * ```ts
 * import { mountMcp } from "aura-wake/mcp";
 * import { Hono } from "hono";
 *
 * const app = new Hono();
 * const mcp = mountMcp(app, { mode: "wake", token: "a-long-random-token" });
 * const { status } = await app.request("http://localhost/healthz");
 * if (status !== 200) throw new Error(String(status));
 * await mcp.close();
 * ```
 */
export function mountMcp<E extends Env, S extends Schema, BasePath extends string>(
  app: Hono<E, S, BasePath>,
  options: MountMcpOptions = {},
): MountedMcp {
  const { metrics = createMetrics() } = options;
  const server = createAuraMcpServer({
    ...options,
    onToolCall(tool, outcome, durationMs) {
      metrics.toolCall(tool, outcome, durationMs);
      options.onToolCall?.(tool, outcome, durationMs);
    },
  });
  const mounted = mountOn(app, {
    ...options,
    metrics,
    serve: (caller, transport) => server.connect(transport, caller),
  });
  return {
    metrics: mounted.metrics,
    get sessions() {
      return mounted.sessions;
    },
    async close() {
      await mounted.close();
      await server.close();
    },
  };
}
