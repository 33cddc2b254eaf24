/**
 * Checks all that can be known before an import is started.
 *
 * @module
 */
import type { Instance } from "../../aura/instance.ts";
import type { ImportStart } from "../../imports/imports.ts";
import { standingOf } from "../../wake/standing.ts";
import { CliError } from "../cli-error.ts";
import type { Context } from "../context.ts";
import { instanceLabel } from "../instances/instance-label.ts";
import { importLogin } from "./import-login.ts";
import { type PlaceFlags, placeOf } from "./import-place.ts";
import { readModelId } from "./model-id.ts";

/** What the flags say. */
export interface ImportFlags extends PlaceFlags {
  readonly model: string;
  readonly instance: string;
  readonly type: string;
  readonly credentials: string | undefined;
}

/** What would be started. */
export interface ImportPlan {
  readonly start: ImportStart;
  readonly instance: Instance;
  /** Where the login comes from; undefined where none is sent. */
  readonly loginSource: string | undefined;
}

/**
 * Makes the plan; nothing is changed anywhere.
 *
 * @throws {CliError} USAGE, CONFLICT where the instance is not running
 * @throws {AuraWakeError} CONFIG_INCOMPLETE where no organization has the project
 */
export async function planImport(context: Context, flags: ImportFlags): Promise<ImportPlan> {
  const { instance: named, credentials, type } = flags;
  const modelId = readModelId(flags.model);
  const instance = await context.instance(named);
  checkRunning(instance);
  const login = await importLogin(context, instance, { credentials, named });
  const place = await placeOf(context, flags, instance.tenant_id);
  if (place.projectId !== instance.tenant_id) {
    context.note(
      `warning: ${
        instanceLabel(instance)
      } is in project ${instance.tenant_id}, not in ${place.projectId}`,
    );
  }
  return {
    instance,
    loginSource: login?.source,
    start: {
      ...place,
      modelId,
      instanceId: instance.id,
      instanceName: instance.name,
      importType: type === "bulk" ? "bulk" : "online",
      ...(login && { login: { username: login.username, password: login.password } }),
    },
  };
}

/** Aura takes a job into any instance, and has it fail later. */
function checkRunning(instance: Instance): void {
  const { id, status } = instance;
  if (status === "running") return;
  const standing = standingOf(status);
  const next = standing === "serving"
    ? `try again when aura-wake instances get ${id} shows that it is running`
    : standing === "broken" || standing === "gone"
    ? "look at the instance in the Aura console"
    : `aura-wake wake ${id} waits until it is awake`;
  throw new CliError(
    "CONFLICT",
    `Cannot start the import: ${instanceLabel(instance)} is ${status}, and nothing was sent`,
    next,
  );
}
