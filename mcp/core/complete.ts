/**
 * Completes arguments of prompts and variables of resources.
 *
 * @see https://modelcontextprotocol.io/specification/2025-11-25/server/utilities/completion
 * @module
 */
import { cleanDeep } from "../output/clean-text.ts";
import type { Variables } from "../resource.ts";
import type { Wire } from "../wire.ts";
import type { ServerCore } from "./server-core.ts";

/** Gives what it may be, the other ones being as they are so far. None where nothing is known, or where it cannot be found out now: nobody waits for an error here. */
export async function completeArgument(
  core: ServerCore,
  where: { readonly prompt: string } | { readonly resource: string },
  argument: { readonly name: string; readonly value: string },
  others: Variables,
  wire: Wire,
): Promise<readonly string[]> {
  const complete = "prompt" in where
    ? core.prompts.find(({ name }) => name === where.prompt)?.arguments[argument.name]?.complete
    : core.resources.find(({ uri }) => uri === where.resource)?.complete?.[argument.name];
  if (complete === undefined) return [];
  const { call, close } = core.open(wire);
  try {
    return cleanDeep(await complete(call, argument.value, others)) as string[];
  } catch {
    wire.signal.throwIfAborted();
    return [];
  } finally {
    await close();
  }
}
