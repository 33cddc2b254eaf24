/**
 * What is sent to start a job.
 *
 * @module
 */
import type { NewImportJob } from "../aura/import-job.ts";
import type { ImportStart } from "./imports.ts";

/** Puts it in the API's own form. A password that is a secret stays one. */
export function newImportJob(
  { modelId, instanceId, importType = "online", login }: ImportStart,
): NewImportJob {
  return {
    importModelId: modelId,
    auraCredentials: {
      dbId: instanceId,
      ...(login && { user: login.username, password: login.password }),
    },
    importConfig: { importType },
  };
}
