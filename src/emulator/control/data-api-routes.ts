/**
 * The paths of GraphQL Data APIs, which v1beta5 alone has.
 *
 * @see https://neo4j.com/docs/graphql/current/aura-graphql/
 * @module
 */
import { type Context, Hono } from "hono";
import type { Fleet } from "../fleet.ts";
import type { DataApiEnd, DataApiRecord } from "./data-api.ts";
import { dataApiAnswer, dataApiSummary } from "./data-api-bodies.ts";
import { createDataApi, patchDataApi } from "./data-api-changes.ts";
import { busyDataApi, unknownDataApi } from "./data-api-errors.ts";
import { DATA_API_PATH, DATA_APIS_PATH, type DataApiOf } from "./data-api-path.ts";
import { addProviderRoutes } from "./data-api-provider-routes.ts";
import type { DataApis } from "./data-apis.ts";
import { unknownInstance } from "./error-bodies.ts";
import { refuseOtherMethods } from "./other-methods.ts";

/** What the paths stand on. */
export interface DataApiRouteOptions {
  readonly fleet: Fleet;
  readonly dataApis: DataApis;
}

/** Makes the routes. */
export function createDataApiRoutes({ fleet, dataApis }: DataApiRouteOptions): Hono {
  const api = new Hono();

  function isKnown(instanceId: string): boolean {
    return fleet.known().some(({ id }) => id === instanceId);
  }

  const dataApiOf: DataApiOf = (c) => {
    const { id = "", dataApiId = "" } = c.req.param() as Record<string, string>;
    if (!isKnown(id)) return unknownInstance(id);
    const record = dataApis.find(dataApiId);
    return record?.instanceId === id ? record : unknownDataApi(dataApiId);
  };

  /** A change that only takes time: pause, resume, delete. */
  function move(
    c: Context,
    status: "pausing" | "resuming" | "deleting",
    end: DataApiEnd["status"],
    mayStart: (record: DataApiRecord) => boolean,
  ): Response {
    const record = dataApiOf(c);
    if (record instanceof Response) return record;
    if (record.status === "deleting") return unknownDataApi(record.id);
    if (!mayStart(record)) return busyDataApi(record.status);
    dataApis.begin(record, status, { status: end, problems: record.problems });
    return Response.json({ data: dataApiSummary(record, originOf(c)) }, { status: 202 });
  }

  api.get(DATA_APIS_PATH, (c) => {
    const instanceId = c.req.param("id");
    if (!isKnown(instanceId)) return unknownInstance(instanceId);
    const origin = originOf(c);
    const rows = dataApis.of(instanceId).map((record) => dataApiSummary(record, origin));
    return Response.json({ data: rows });
  });

  api.post(DATA_APIS_PATH, async (c) => {
    const text = await c.req.text();
    const instance = fleet.known().find(({ id }) => id === c.req.param("id"));
    if (instance === undefined) return unknownInstance(c.req.param("id"));
    return await createDataApi({ fleet, dataApis, instance, text, origin: originOf(c) });
  });

  api.get(DATA_API_PATH, (c) => {
    const record = dataApiOf(c);
    return record instanceof Response ? record : Response.json(dataApiAnswer(record, originOf(c)));
  });

  api.patch(DATA_API_PATH, async (c) => {
    const text = await c.req.text();
    const record = dataApiOf(c);
    if (record instanceof Response) return record;
    return await patchDataApi({ fleet, dataApis, record, text, origin: originOf(c) });
  });

  api.delete(DATA_API_PATH, (c) => move(c, "deleting", "gone", () => true));

  api.post(
    `${DATA_API_PATH}/pause`,
    (c) => move(c, "pausing", "paused", ({ status }) => status === "ready"),
  );

  api.post(
    `${DATA_API_PATH}/resume`,
    (c) => move(c, "resuming", "ready", ({ status }) => status === "paused"),
  );

  addProviderRoutes(api, { fleet, dataApis, dataApiOf });

  refuseOtherMethods(api);
  return api;
}

/** The control plane as the client calls it. */
function originOf(c: Context): string {
  return new URL(c.req.url).origin;
}
