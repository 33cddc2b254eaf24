/**
 * The paths that v1 and v1beta5 share: tenants and instances.
 *
 * @see https://neo4j.com/docs/aura/platform/api/specification/
 * @module
 */
import { Hono } from "hono";
import type { Fleet } from "../fleet.ts";
import type { EmulatedInstance } from "../instance.ts";
import { createInstance } from "./create-instance.ts";
import { unknownInstance, unknownTenant } from "./error-bodies.ts";
import { detailBody, summaryBody } from "./instance-bodies.ts";
import {
  deleteInstance,
  patchInstance,
  pauseInstance,
  resumeInstance,
} from "./instance-operations.ts";
import { sizeInstance } from "./instance-sizing.ts";
import { metricsIntegration } from "./metrics.ts";
import { refuseOtherMethods } from "./other-methods.ts";
import { overwriteInstance } from "./overwrite-instance.ts";
import { addSnapshotRoutes } from "./snapshot-routes.ts";
import { type SharedVersion, tenantDetail, tenantSummary } from "./tenant-bodies.ts";
import { upgradeInstance } from "./upgrade-instance.ts";

/** Makes the routes of one version. */
export function createApi(fleet: Fleet, version: SharedVersion): Hono {
  const api = new Hono();

  function withInstance(
    id: string,
    answer: (instance: EmulatedInstance) => Response | Promise<Response>,
  ): Response | Promise<Response> {
    const instance = fleet.known().find((known) => known.id === id);
    return instance === undefined ? unknownInstance(id) : answer(instance);
  }

  api.get("/tenants", () => Response.json({ data: fleet.tenants.map(tenantSummary) }));

  api.get("/tenants/:id", (c) => {
    const tenant = fleet.tenants.find(({ id }) => id === c.req.param("id"));
    return tenant === undefined
      ? unknownTenant()
      : Response.json({ data: tenantDetail(tenant, version) });
  });

  api.get(
    "/tenants/:id/metrics-integration",
    (c) => metricsIntegration(fleet, c.req.param("id")),
  );

  api.get("/instances", (c) => {
    const tenantId = c.req.query("tenantId");
    const wanted = fleet.known().filter(({ record }) =>
      tenantId === undefined || record.tenantId === tenantId
    );
    return Response.json({ data: wanted.map(summaryBody) });
  });

  api.post("/instances", async (c) => await createInstance(fleet, await c.req.text()));

  api.post("/instances/sizing", async (c) => sizeInstance(await c.req.text()));

  api.get(
    "/instances/:id",
    (c) =>
      withInstance(
        c.req.param("id"),
        async (instance) => Response.json({ data: await detailBody(instance, version) }),
      ),
  );

  api.patch("/instances/:id", async (c) => {
    const text = await c.req.text();
    return await withInstance(
      c.req.param("id"),
      (instance) => patchInstance(instance, fleet, text),
    );
  });

  api.delete("/instances/:id", (c) => withInstance(c.req.param("id"), deleteInstance));

  api.post(
    "/instances/:id/pause",
    (c) => withInstance(c.req.param("id"), (instance) => pauseInstance(instance, fleet)),
  );

  api.post(
    "/instances/:id/resume",
    (c) => withInstance(c.req.param("id"), (instance) => resumeInstance(instance, fleet)),
  );

  api.post("/instances/:id/overwrite", async (c) => {
    const text = await c.req.text();
    return await withInstance(
      c.req.param("id"),
      (instance) => overwriteInstance(fleet, instance, text),
    );
  });

  api.post("/instances/:id/upgrade", async (c) => {
    const text = await c.req.text();
    return await withInstance(c.req.param("id"), (instance) => upgradeInstance(instance, text));
  });

  addSnapshotRoutes(api, { fleet, version, withInstance });

  refuseOtherMethods(api);
  return api;
}
