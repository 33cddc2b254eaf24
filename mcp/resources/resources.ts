/**
 * All resources, in the order in which they are listed.
 *
 * @module
 */
import type { Resource } from "../resource.ts";
import { configResource } from "./config.ts";
import { importJobResource } from "./import-job.ts";
import { instanceResource } from "./instance.ts";
import { projectResource } from "./project.ts";
import { schemaResource } from "./schema.ts";

/** Fixed, so that clients can keep the list. */
export const RESOURCES: readonly Resource[] = [
  configResource,
  instanceResource,
  projectResource,
  importJobResource,
  schemaResource,
];
