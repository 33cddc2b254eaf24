/**
 * Checks all that can be known before an import is started.
 *
 * @module
 */
import type { Instance } from "../../aura/instance.ts";
import type { ImportStart } from "../../imports/imports.ts";
import { standingOf } from "../../wake/standing.ts";
import type { OperateContext } from "../context.ts";
import type { Directions } from "../directions.ts";
import { instanceLabel } from "../instances/instance-label.ts";
import { OperateError } from "../operate-error.ts";
import { importLogin } from "./import-login.ts";
import { type PlaceChoice, placeOf } from "./import-place.ts";
import { readModelId } from "./model-id.ts";

/** What somebody wants to have imported, and into what. */
export interface ImportChoice extends PlaceChoice {
  /** The id of a model, or the address of its page. */
  readonly model: string;
  /** Id or exact name: never the one of the settings, since what is written to is named. */
  readonly instance: string;
  /** `online` adds to the data, `bulk` overwrites it. */
  readonly type: string;
  /** The name of credentials that were saved. @default those of the settings, where they are needed */
  readonly credentials?: string | undefined;
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
 * @throws {OperateError} USAGE, CONFLICT where the instance is not running
 * @throws {AuraWakeError} CONFIG_INCOMPLETE where no organization has the project
 */
export async function planImport(
  context: OperateContext,
  choice: ImportChoice,
): Promise<ImportPlan> {
  const { instance: named, credentials, type } = choice;
  const modelId = readModelId(choice.model, context.directions);
  const instance = await context.instance(named);
  checkRunning(instance, context.directions);
  const login = await importLogin(context, instance, { credentials, named });
  const place = await placeOf(context, choice, instance.tenant_id);
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
function checkRunning(instance: Instance, { instances }: Directions): void {
  const { id, status } = instance;
  if (status === "running") return;
  const standing = standingOf(status);
  const next = standing === "serving"
    ? `try again when ${instances.show(id)} shows that it is running`
    : standing === "broken" || standing === "gone"
    ? "look at the instance in the Aura console"
    : `${instances.wake(id)} waits until it is awake`;
  throw new OperateError(
    "CONFLICT",
    `Cannot start the import: ${instanceLabel(instance)} is ${status}, and nothing was sent`,
    next,
  );
}
