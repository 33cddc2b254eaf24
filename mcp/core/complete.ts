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
  const { name } = argument;
  const complete = "prompt" in where
    ? own((await core.prompts()).find((each) => each.name === where.prompt)?.arguments, name)
      ?.complete
    : own((await core.resources()).find(({ uri }) => uri === where.resource)?.complete, name);
  if (complete === undefined) return [];
  const { call, mask, close } = await core.open(wire);
  try {
    return mask.deep(cleanDeep(await complete(call, argument.value, others))) as string[];
  } catch {
    wire.signal.throwIfAborted();
    return [];
  } finally {
    await close();
  }
}

/** What it has under this name itself, and not what every object has. */
function own<Value>(
  values: Readonly<Record<string, Value>> | undefined,
  name: string,
): Value | undefined {
  return values !== undefined && Object.hasOwn(values, name) ? values[name] : undefined;
}
