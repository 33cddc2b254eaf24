/**
 * What may be sent to start an import job.
 *
 * @see https://neo4j.com/docs/aura/import/introduction/
 * @module
 */
import { z } from "zod";
import { apiError } from "./error-bodies.ts";
import { readBody } from "./read-body.ts";

/** The body of a creation. */
export interface ImportJobRequest {
  importModelId?: string | undefined;
  auraCredentials?: {
    dbId?: string | undefined;
    user?: string | undefined;
    password?: string | undefined;
  } | undefined;
  importConfig?: { importType?: "online" | "bulk" | undefined } | undefined;
}

/** What is asked for. */
export interface WantedImport {
  readonly modelId: string;
  readonly instanceId: string;
  readonly user: string;
  readonly password: string;
  readonly importType: "online" | "bulk";
}

const REQUEST: z.ZodType<ImportJobRequest> = z.object({
  importModelId: z.string().optional(),
  auraCredentials: z.object({
    dbId: z.string().optional(),
    user: z.string().optional(),
    password: z.string().optional(),
  }).optional(),
  importConfig: z.object({ importType: z.enum(["online", "bulk"]).optional() }).optional(),
});

/** Reads the body; a Response says what is wrong with it. */
export function readImportJob(text: string): WantedImport | Response {
  const body = readBody(text, REQUEST);
  if (body instanceof Response) return body;
  const { importModelId = "", auraCredentials = {}, importConfig = {} } = body;
  const { dbId = "", user = "", password = "" } = auraCredentials;
  if (importModelId === "") {
    // Where there is no model there is no data source: the one answer to an incomplete model that was ever recorded.
    return required("Import model data source id is required", "DataSourceId");
  }
  if (dbId === "") return required("Aura database id is required", "DbId");
  const { importType = "online" } = importConfig;
  return { modelId: importModelId, instanceId: dbId, user, password, importType };
}

function required(message: string, field: string): Response {
  return apiError(400, { message, reason: "Required", field });
}
