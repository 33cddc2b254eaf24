/**
 * Finds the instance that a person means: by id, or by its exact name.
 *
 * @module
 */
import type { Aura } from "../../aura/aura.ts";
import type { AuraApiError } from "../../aura/errors.ts";
import type { Instance, InstanceSummary } from "../../aura/instance.ts";
import { CliError } from "../cli-error.ts";
import { nearest } from "../input/nearest.ts";

/**
 * Gives the instance in full.
 *
 * @throws {CliError} NOT_FOUND with what is close to it, AMBIGUOUS when two have the name
 */
export async function findInstance(
  aura: Pick<Aura, "instances">,
  named: string,
  signal: AbortSignal,
): Promise<Instance> {
  // An id is asked for at once: that is one request, and a key may read an instance that its list does not show.
  if (/^[0-9a-f]{8}$/.test(named)) {
    try {
      return await aura.instances.get(named, { signal });
    } catch (error) {
      if (!isUnknown(error)) throw error;
    }
  }
  const all = await aura.instances.list({ signal });
  const { id } = pick(all, named);
  return await aura.instances.get(id, { signal });
}

function pick(all: readonly InstanceSummary[], named: string): InstanceSummary {
  const found = all.filter(({ name, id }) => name === named || id === named);
  const [first, second] = found;
  if (first !== undefined && second === undefined) return first;
  if (first !== undefined) {
    throw new CliError(
      "AMBIGUOUS",
      `Cannot tell which instance is meant: ${found.length} are named "${named}"`,
      `use an id: ${found.map(({ id, cloud_provider }) => `${id} (${cloud_provider})`).join(", ")}`,
    );
  }
  const close = nearest(named, all.flatMap(({ name, id }) => [name, id]), 3)
    .map((word) => `"${word}"`);
  throw new CliError(
    "NOT_FOUND",
    `Cannot find instance "${named}": the API key sees none with this id or name`,
    close.length > 0
      ? `did you mean ${close.join(" or ")}?`
      : "aura-wake instances list shows what there is",
  );
}

function isUnknown(error: unknown): boolean {
  const { code, status, signIn } = Object(error) as Partial<AuraApiError>;
  return code === "AURA_API" && status === 404 && signIn !== true;
}
