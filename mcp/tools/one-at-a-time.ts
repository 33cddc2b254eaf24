/**
 * What is being made now, by the client that makes it: the API's lists tell of it only later, and it would make a second one.
 *
 * @module
 */
import type { Aura } from "../../src/aura/aura.ts";

const underWay = new WeakMap<Aura, Set<string>>();

/** Does it, unless another call is at it: then `busy` says so. */
export async function oneAtATime<Result>(
  aura: Aura,
  key: readonly string[],
  { busy, make }: {
    readonly busy: () => Promise<Error>;
    readonly make: () => Promise<Result>;
  },
): Promise<Result> {
  const all = underWay.get(aura) ?? new Set();
  underWay.set(aura, all);
  const id = JSON.stringify(key);
  if (all.has(id)) throw await busy();
  all.add(id);
  try {
    return await make();
  } finally {
    all.delete(id);
  }
}
