/**
 * Finds the instance that a person means: by id, or by its exact name.
 *
 * @module
 */
import type { Aura } from "../../aura/aura.ts";
import type { Instance, InstanceSummary } from "../../aura/instance.ts";
import { isNotFound } from "../../aura/not-found.ts";
import type { Directions } from "../directions.ts";
import { pickNamed } from "./pick-named.ts";

/**
 * Gives the instance in full.
 *
 * @throws {OperateError} NOT_FOUND with what is close to it, AMBIGUOUS when it is more than one
 */
export async function findInstance(
  aura: Pick<Aura, "instances">,
  named: string,
  signal: AbortSignal,
  directions: Directions,
): Promise<Instance> {
  const choice = {
    kind: "instance",
    named,
    mark: ({ cloud_provider }: InstanceSummary) => cloud_provider,
    hint: `${directions.instances.list()} shows what there is`,
  };
  if (!/^[0-9a-f]{8}$/.test(named)) {
    const all = await aura.instances.list({ signal });
    const { id } = pickNamed({ ...choice, all });
    return await aura.instances.get(id, { signal });
  }
  // A key may read an instance that its list does not show; and what looks like an id may be the name of another one.
  const [byId, all] = await Promise.all([
    aura.instances.get(named, { signal }).catch(unlessUnknown),
    aura.instances.list({ signal }).catch((error: unknown) => ({ error })),
  ]);
  if ("error" in all) {
    if (byId !== undefined) return byId;
    throw all.error;
  }
  const others: InstanceSummary[] = all.filter(({ id }) => id !== byId?.id);
  const { id } = pickNamed({ ...choice, all: byId ? [byId, ...others] : others });
  return byId?.id === id ? byId : await aura.instances.get(id, { signal });
}

function unlessUnknown(error: unknown): undefined {
  if (!isNotFound(error)) throw error;
  return undefined;
}
