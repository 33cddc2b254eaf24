/**
 * All tools, in the order in which they are listed.
 *
 * @module
 */
import type { Tool } from "../tool.ts";
import { diagnose } from "../tools/core/diagnose.ts";
import { getInstance } from "../tools/core/get-instance.ts";
import { listInstances } from "../tools/core/list-instances.ts";
import { listProjects } from "../tools/core/list-projects.ts";
import { waitForInstance } from "../tools/core/wait-for-instance.ts";
import { getGraphSchema } from "../tools/database/get-graph-schema.ts";
import { readCypher } from "../tools/database/read-cypher.ts";
import { addGraphqlAuthProvider } from "../tools/graphql/add-graphql-auth-provider.ts";
import { checkTypeDefinitions } from "../tools/graphql/check-type-definitions.ts";
import { deleteGraphqlApi } from "../tools/graphql/delete-graphql-api.ts";
import { deployGraphqlApi } from "../tools/graphql/deploy-graphql-api.ts";
import { getGraphqlApi } from "../tools/graphql/get-graphql-api.ts";
import { listGraphqlApis } from "../tools/graphql/list-graphql-apis.ts";
import { setGraphqlApiState } from "../tools/graphql/set-graphql-api-state.ts";
import { cancelImportJob } from "../tools/imports/cancel-import-job.ts";
import { getImportJob } from "../tools/imports/get-import-job.ts";
import { listKnownImportJobs } from "../tools/imports/list-known-import-jobs.ts";
import { startImportJob } from "../tools/imports/start-import-job.ts";
import { waitForImportJob } from "../tools/imports/wait-for-import-job.ts";
import { createInstance } from "../tools/instances/create-instance.ts";
import { deleteInstance } from "../tools/instances/delete-instance.ts";
import { pauseInstance } from "../tools/instances/pause-instance.ts";
import { resumeInstance } from "../tools/instances/resume-instance.ts";
import { updateInstance } from "../tools/instances/update-instance.ts";
import { createSnapshot } from "../tools/snapshots/create-snapshot.ts";
import { listSnapshots } from "../tools/snapshots/list-snapshots.ts";
import { overwriteInstance } from "../tools/snapshots/overwrite-instance.ts";
import { restoreSnapshot } from "../tools/snapshots/restore-snapshot.ts";

/** Fixed, so that clients can keep the list. */
export const TOOLS: readonly Tool[] = [
  listProjects,
  listInstances,
  getInstance,
  waitForInstance,
  diagnose,
  resumeInstance,
  pauseInstance,
  createInstance,
  updateInstance,
  deleteInstance,
  listSnapshots,
  createSnapshot,
  restoreSnapshot,
  overwriteInstance,
  startImportJob,
  getImportJob,
  waitForImportJob,
  cancelImportJob,
  listKnownImportJobs,
  listGraphqlApis,
  getGraphqlApi,
  checkTypeDefinitions,
  deployGraphqlApi,
  setGraphqlApiState,
  deleteGraphqlApi,
  addGraphqlAuthProvider,
  readCypher,
  getGraphSchema,
];
