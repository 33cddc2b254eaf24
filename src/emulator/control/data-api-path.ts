/**
 * Where the Data APIs of an instance are, and how one is found.
 *
 * @module
 */
import type { Context } from "hono";
import type { DataApiRecord } from "./data-api.ts";

/** All of an instance. */
export const DATA_APIS_PATH = "/instances/:id/data-apis/graphql";

/** One of them. */
export const DATA_API_PATH = "/instances/:id/data-apis/graphql/:dataApiId";

/** Finds the Data API of a path, or says that it is not there. */
export type DataApiOf = (c: Context) => DataApiRecord | Response;
