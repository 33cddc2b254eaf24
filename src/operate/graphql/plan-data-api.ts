/**
 * Finds out what it takes to bring the Data API of a name to a wanted state. Nothing is changed.
 *
 * @module
 */
import type { DataApi } from "../../aura/data-api.ts";
import type { Instance } from "../../aura/instance.ts";
import { type DeployPlan, planDeploy, type WantedDataApi } from "../../graphql/plan-deploy.ts";
import type { OperateContext } from "../context.ts";
import { instanceLabel } from "../instances/instance-label.ts";
import { OperateError } from "../operate-error.ts";
import { refuseFree } from "./paid-instance.ts";

/** A plan, and what it is for. */
export interface DataApiPlan extends DeployPlan {
  readonly instance: Instance;
  /** Undefined where there is none of that name. */
  readonly present: DataApi | undefined;
}

/** No change starts from these. */
const BUSY: readonly string[] = ["creating", "updating", "pausing", "resuming"];

/** Reads what is there, and compares. @throws {OperateError} AMBIGUOUS, CONFLICT while Aura is at it, NOT_PERMITTED */
export async function planDataApi(
  context: OperateContext,
  instance: Instance,
  { name, ...wanted }: WantedDataApi & { readonly name: string },
): Promise<DataApiPlan> {
  const { signal, directions } = context;
  refuseFree(instance, directions);
  const { dataApis } = await context.aura();
  const all = await dataApis.list(instance.id, { signal });
  const [found, other] = all.filter((api) => api.name === name);
  if (other !== undefined) {
    throw new OperateError(
      "AMBIGUOUS",
      `Cannot tell which Data API is meant: instance ${
        instanceLabel(instance)
      } has more than one named "${name}"`,
      `rename or delete one of them; ${directions.dataApis.list(instance.id)} shows them`,
    );
  }
  const present = found && await dataApis.get(instance.id, found.id, { signal });
  const plan = planDeploy(present, wanted);
  if (present !== undefined) refuseBusy(context, instance, present, plan);
  return { ...plan, instance, present };
}

/** What is as wanted may be on its way; what is to be changed has to stand still. */
function refuseBusy(
  { directions }: OperateContext,
  instance: Instance,
  { id, name, status }: DataApi,
  { action }: DeployPlan,
): void {
  const isBusy = action === "update" && BUSY.includes(status);
  if (!isBusy && status !== "deleting") return;
  throw new OperateError(
    "CONFLICT",
    `Cannot deploy Data API ${name} (${id}): it is ${status}`,
    `wait until that is over, then deploy again; ${
      directions.dataApis.show({ api: id, instance: instance.id })
    } shows how far it is`,
  );
}
