/**
 * The instances that a caller can read: within what the server is narrowed to, others do not exist.
 *
 * @module
 */
import type { Aura } from "../../src/aura/aura.ts";
import type { CallOptions, Instance, InstanceSummary } from "../../src/aura/instance.ts";
import { isGone } from "../../src/aura/not-found.ts";
import type { ToolCall } from "../call.ts";
import type { Complete } from "../resource.ts";

/** Whatever begins like this is one part of a path, and no other endpoint. */
const ID = /^\w[\w:.-]*$/;
/** While somebody types, each letter asks for completions. */
const KEPT_MS = 5_000;

interface Kept {
  readonly at: number;
  readonly scope: string;
  readonly instances: readonly InstanceSummary[];
}

const lately = new WeakMap<Aura, Kept>();

/** The instance with this id; undefined when there is none. */
export async function instanceById(
  call: ToolCall,
  id: string,
  options?: Pick<CallOptions, "priority">,
): Promise<Instance | undefined> {
  const { scope } = call;
  if (!ID.test(id)) return undefined;
  if (scope.instance !== undefined) {
    const only = await call.instance(undefined);
    return only.id === id ? only : undefined;
  }
  const instance = await readInstance(call, id, options);
  if (instance === undefined || scope.project === undefined) return instance;
  return instance.tenant_id === await scopedProjectId(call, scope.project) ? instance : undefined;
}

/** Reads it, wherever it is; undefined when the API itself says that it does not know it. */
export async function readInstance(
  { aura, signal }: Pick<ToolCall, "aura" | "signal">,
  id: string,
  options: Pick<CallOptions, "priority"> = {},
): Promise<Instance | undefined> {
  const { instances } = await aura();
  try {
    return await instances.get(id, { signal, ...options });
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

/** All of them. */
export async function visibleInstances(call: ToolCall): Promise<readonly InstanceSummary[]> {
  const { scope, signal } = call;
  if (scope.instance !== undefined) return [await call.instance(undefined)];
  const { instances } = await call.aura();
  return scope.project === undefined
    ? await instances.list({ signal })
    : await instances.list({ signal, projectId: await scopedProjectId(call, scope.project) });
}

/** Completes an id by its beginning, or by that of the name. */
export const completeInstanceId: Complete = async (call, begun) =>
  (await likely(call, begun)).map(({ id }) => id);

/** Completes a name by its beginning, or by that of the id; of those with one name the ids. */
export const completeInstanceName: Complete = async (call, begun) => {
  const all = await lateInstances(call);
  const isOnly = (wanted: string): boolean =>
    all.filter(({ name }) => name === wanted).length === 1;
  return (await likely(call, begun)).map(({ id, name }) => isOnly(name) ? name : id);
};

async function likely(call: ToolCall, begun: string): Promise<readonly InstanceSummary[]> {
  return (await lateInstances(call)).filter(({ id, name }) =>
    begins(id, begun) || begins(name, begun)
  );
}

async function lateInstances(call: ToolCall): Promise<readonly InstanceSummary[]> {
  const aura = await call.aura();
  const scope = JSON.stringify(call.scope);
  const kept = lately.get(aura);
  const now = call.clock.now();
  if (kept !== undefined && kept.scope === scope && now - kept.at < KEPT_MS) return kept.instances;
  const instances = await visibleInstances(call);
  lately.set(aura, { at: now, scope, instances });
  return instances;
}

/** Whether a text begins so, whatever the case of its letters. */
export function begins(text: string, begun: string): boolean {
  return text.toLowerCase().startsWith(begun.toLowerCase());
}

async function scopedProjectId(call: ToolCall, named: string): Promise<string> {
  const { projectId } = await import("../../src/operate/instances/find-project.ts");
  return await projectId(call, named);
}
