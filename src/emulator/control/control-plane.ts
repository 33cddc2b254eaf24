/**
 * The control plane as a Hono app: tokens in front, the API versions behind.
 *
 * @module
 */
import { type Context, Hono, type Next } from "hono";
import type { Fleet } from "../fleet.ts";
import { howBroken } from "../http-server.ts";
import type { Persistence } from "../persist.ts";
import { randomHex } from "../random.ts";
import { createApi } from "./api.ts";
import { createDataApiEndpoint } from "./data-api-endpoint.ts";
import { createDataApiRoutes } from "./data-api-routes.ts";
import type { DataApis } from "./data-apis.ts";
import {
  brokenOperation,
  expiredToken,
  notJson,
  notKept,
  rateLimited,
  unknownPath,
  unknownToken,
} from "./error-bodies.ts";
import type { Faults } from "./faults.ts";
import type { ImportJobs } from "./import-jobs.ts";
import { createOrganizationApi } from "./organization-routes.ts";
import type { Organizations } from "./organizations.ts";
import type { RateLimit } from "./rate-limit.ts";
import type { OpenRecord, RequestLog } from "./request-log.ts";
import { answerToken, readBasic } from "./token-route.ts";
import type { Tokens } from "./tokens.ts";

/** What the control plane works with. */
export interface ControlPlaneParts {
  readonly fleet: Fleet;
  readonly tokens: Tokens;
  readonly log: RequestLog;
  readonly faults: Faults;
  readonly rateLimit: RateLimit | undefined;
  readonly persistence: Persistence;
  readonly dataApis: DataApis;
  readonly organizations: Organizations;
  readonly importJobs: ImportJobs;
}

interface ControlEnv {
  Bindings: { record: OpenRecord };
}

/** The control plane as a fetch handler, and the paths that it knows. */
export interface ControlPlane {
  readonly fetch: (request: Request) => Promise<Response>;
  /** As Hono writes them, with `:id` for a segment that varies. */
  readonly paths: readonly string[];
}

/** Makes the control plane. */
export function createControlPlane(parts: ControlPlaneParts): ControlPlane {
  const app = new Hono<ControlEnv>();
  let answered = 0;

  async function answerTokenRequest(c: Context<ControlEnv>): Promise<Response> {
    const response = await answerToken(c.req.raw, parts.tokens);
    const [clientId] = readBasic(c.req.header("authorization") ?? null);
    if (response.status !== 401 && clientId !== undefined) c.env.record.identify(clientId);
    return response;
  }

  async function guard(c: Context<ControlEnv>, next: Next): Promise<void> {
    const token = /^Bearer +(\S+)$/i.exec(c.req.header("authorization") ?? "")?.[1];
    const check = token === undefined ? undefined : parts.tokens.check(token);
    if (check?.state !== "valid") {
      c.res = check?.state === "expired" ? expiredToken() : unknownToken();
      return;
    }
    c.env.record.identify(check.clientId);
    const refusal = refuse(c.req.raw, parts.rateLimit?.take(check.clientId));
    if (refusal === undefined) {
      await next();
      if (c.req.method !== "GET") await keep(c);
    } else {
      c.res = refusal;
    }
    answered += 1;
    c.res.headers.set("x-request-id", `${randomHex(32)}/${answered}`);
  }

  /** Whoever has an answer may count on it, whatever becomes of this process. */
  async function keep(c: Context<ControlEnv>): Promise<void> {
    parts.persistence.changed();
    try {
      await parts.persistence.flush();
    } catch (error) {
      c.res = notKept(error);
    }
  }

  app.all("/oauth/token", answerTokenRequest);
  app.all("/v2beta1/oauth/token", answerTokenRequest);
  for (const version of ["v1", "v1beta5"] as const) {
    app.use(`/${version}/*`, guard);
    app.route(`/${version}`, createApi(parts.fleet, version));
  }
  app.route("/v1beta5", createDataApiRoutes(parts));
  app.use("/v2beta1/*", guard);
  app.route("/v2beta1", createOrganizationApi(parts));
  app.route("/", createDataApiEndpoint(parts.dataApis));
  app.notFound(unknownPath);
  app.onError(brokenOperation);

  return {
    async fetch(request) {
      const record = parts.log.open(request);
      const response = await parts.faults.apply(
        record.request,
        async () => await app.fetch(request, { record }),
      );
      const broken = howBroken(response);
      if (broken === undefined || broken === "cut") record.finish(response.status);
      return response;
    },
    // The guards stand before all paths of a version, known or not.
    paths: app.routes.map(({ path }) => path).filter((path) => !path.endsWith("*")),
  };
}

/** What the gateway lets nobody do, whatever the path. */
function refuse(request: Request, retryAfterSeconds: number | undefined): Response | undefined {
  if (retryAfterSeconds !== undefined) return rateLimited(retryAfterSeconds);
  const needsJson = request.method === "POST" || request.method === "PATCH";
  const contentType = request.headers.get("content-type") ?? "";
  return needsJson && !/^application\/json\s*(;|$)/i.test(contentType) ? notJson() : undefined;
}
