/**
 * The MCP server as routes of a Hono app: one of its own, or the user's.
 *
 * @module
 */
import { Hono } from "hono";
import type { Context, Env, MiddlewareHandler, Schema } from "hono";
import { cors } from "hono/cors";
import { VERSION } from "../../src/version.ts";
import { Endpoint } from "./endpoint.ts";
import { guard, isAllowedOrigin } from "./guard.ts";
import { METADATA_PATH, metadataResponse } from "./metadata.ts";
import type { HttpMetrics } from "./metrics.ts";
import type { HttpOptions } from "./options.ts";
import { readHttpOptions } from "./settings.ts";
import type { HttpSettings } from "./settings.ts";

/** The MCP server on an app. */
export interface MountedMcp {
  readonly metrics: HttpMetrics;
  /** Open sessions. */
  readonly sessions: number;
  /** Takes nothing more, lets calls in flight finish, and ends all sessions. Safe to call twice. */
  close(): Promise<void>;
}

/** The MCP server as an app. */
export interface McpApp extends MountedMcp {
  readonly app: Hono;
}

/** Makes an app that serves MCP and nothing else. @throws {AuraWakeError} CONFIG_INVALID */
export function createMcpApp(options: HttpOptions): McpApp {
  const app = new Hono();
  const mounted = mountOn(app, options);
  return {
    app,
    metrics: mounted.metrics,
    get sessions() {
      return mounted.sessions;
    },
    close: () => mounted.close(),
  };
}

/**
 * Serves MCP on an app of the user's, beside its own routes. Mount it before middleware that holds requests, such as `wake()`:
 * an assistant that wants to wake a database must not wait for that database.
 *
 * @throws {AuraWakeError} CONFIG_INVALID
 */
export function mountOn<E extends Env, S extends Schema, BasePath extends string>(
  app: Hono<E, S, BasePath>,
  options: HttpOptions,
): MountedMcp {
  const settings = readHttpOptions(options);
  const { path, healthPath, metricsPath, metrics, oauth } = settings;
  const endpoint = new Endpoint(settings);
  const counted = countRequests(metrics);
  const guarded = guardRequests(settings);

  // Hono takes a slash at the end for another path.
  for (const each of [path, `${path}/`]) {
    app.all(
      each,
      counted,
      guarded,
      corsFor(settings),
      async (c) => endpoint.answer(await unread(c)),
    );
  }
  if (oauth !== undefined) {
    const answer = (c: Context): Response => metadataResponse(c.req.raw, settings);
    app.get(METADATA_PATH, guardRequests({ ...settings, allowedOrigins: ["*"] }), answer);
    app.get(
      `${METADATA_PATH}${path}`,
      guardRequests({ ...settings, allowedOrigins: ["*"] }),
      answer,
    );
  }
  if (healthPath !== false) {
    app.get(healthPath, () => {
      const status = endpoint.isClosing ? "stopping" : "ok";
      return Response.json({ status, version: VERSION }, {
        status: endpoint.isClosing ? 503 : 200,
        headers: { "cache-control": "no-store" },
      });
    });
  }
  if (metricsPath !== false) {
    app.get(metricsPath, (c) => answerMetrics(c.req.raw, endpoint, settings));
  }
  return {
    metrics,
    get sessions() {
      return endpoint.sessions;
    },
    close: () => endpoint.close(),
  };
}

/** Middleware of the app's own may have read the body: Hono has kept it. */
async function unread(c: Context): Promise<Request> {
  const { raw } = c.req;
  if (!raw.bodyUsed) return raw;
  const { url, method, headers, signal } = raw;
  return new Request(url, { method, headers, signal, body: await c.req.text() });
}

function countRequests(metrics: HttpMetrics): MiddlewareHandler {
  return async (c, next) => {
    await next();
    metrics.request(c.req.raw.method, c.res.status);
  };
}

function guardRequests(settings: HttpSettings): MiddlewareHandler {
  return async (c, next) => {
    const refusal = guard(c.req.raw, settings);
    if (refusal !== undefined) return refusal;
    await next();
    return undefined;
  };
}

function corsFor(settings: HttpSettings): MiddlewareHandler {
  return cors({
    origin: (origin) => isAllowedOrigin(origin, settings) ? origin : null,
    allowMethods: ["GET", "POST", "DELETE", "OPTIONS"],
    allowHeaders: [
      "Accept",
      "Authorization",
      "Content-Type",
      "Last-Event-ID",
      "Mcp-Protocol-Version",
      "Mcp-Session-Id",
      "X-Aura-Client-Id",
      "X-Aura-Client-Secret",
    ],
    exposeHeaders: ["Mcp-Session-Id", "Mcp-Protocol-Version", "Retry-After", "WWW-Authenticate"],
    maxAge: 600,
  });
}

/** A scraper calls by whatever address it has, so a token counts more than the name by which it calls. */
async function answerMetrics(
  request: Request,
  endpoint: Endpoint,
  settings: HttpSettings,
): Promise<Response> {
  const isOpen = settings.token === undefined && settings.oauth === undefined;
  const refusal = isOpen
    ? guard(request, settings)
    : (await endpoint.authenticate(request)).refusal;
  return refusal ?? new Response(settings.metrics.render(), {
    headers: {
      "content-type": "text/plain; version=0.0.4; charset=utf-8",
      "cache-control": "no-store",
    },
  });
}
