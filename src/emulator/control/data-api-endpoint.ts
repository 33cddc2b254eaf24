/**
 * Where a Data API would answer GraphQL. The local Aura runs no such queries, and says so.
 *
 * @module
 */
import { Hono } from "hono";
import { unknownDataApi } from "./data-api-errors.ts";
import type { DataApis } from "./data-apis.ts";
import { apiError } from "./error-bodies.ts";

/** The address of a Data API, at the control plane's own port. */
export function dataApiUrl(origin: string, id: string): string {
  return `${origin}/data-apis/${id}/graphql`;
}

/** Answers for all of them. */
export function createDataApiEndpoint(dataApis: DataApis): Hono {
  const endpoint = new Hono();
  endpoint.all("/data-apis/:id/graphql", (c) => {
    const id = c.req.param("id");
    if (dataApis.find(id) === undefined) return unknownDataApi(id);
    return apiError(501, {
      message: "The local Aura does not run GraphQL queries yet: query the instance by Bolt " +
        "or the Query API",
      reason: "not-implemented",
    });
  });
  return endpoint;
}
