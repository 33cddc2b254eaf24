/**
 * The instance that is meant: the one that was named, else the one of the settings.
 *
 * @module
 */
import type { Instance } from "../../aura/instance.ts";
import type { OperateContext } from "../context.ts";
import { OperateError } from "../operate-error.ts";
import { findInstance } from "./find-instance.ts";

/** Reads it. @throws {OperateError} NOT_FOUND, AMBIGUOUS, USAGE when none is named anywhere */
export async function namedInstance(
  { aura, settings, signal, directions }: Pick<
    OperateContext,
    "aura" | "settings" | "signal" | "directions"
  >,
  named: string | undefined,
): Promise<Instance> {
  const wanted = named ?? (await settings()).instanceId;
  if (wanted === undefined) {
    throw new OperateError(
      "USAGE",
      "Cannot tell which instance is meant: none is named, and AURA_INSTANCEID is not set",
      `give its id or name; ${directions.instances.list()} shows what there is`,
    );
  }
  return await findInstance(await aura(), wanted, signal, directions);
}
