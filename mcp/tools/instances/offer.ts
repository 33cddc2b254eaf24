/**
 * What a project offers, in few words.
 *
 * @module
 */
import type { Instance } from "../../../src/aura/instance.ts";
import type { InstanceConfiguration } from "../../../src/aura/project.ts";
import type { ToolCall } from "../../call.ts";

/** What may be chosen, each field under what is chosen already. */
export interface Offer {
  readonly type: readonly string[];
  readonly region: readonly string[];
  readonly memory: readonly string[];
  readonly version: readonly string[];
}

/** What is chosen already; what is undefined is free. */
export interface Chosen {
  readonly type: string;
  readonly cloud_provider?: string | undefined;
  readonly region?: string | undefined;
}

/** Gives all that is left to choose. */
export function offerFor(offered: readonly InstanceConfiguration[], chosen: Chosen): Offer {
  const ofType = offered.filter(({ type }) => type === chosen.type);
  const inCloud = ofType.filter(({ cloud_provider }) =>
    chosen.cloud_provider === undefined || cloud_provider === chosen.cloud_provider
  );
  const here = inCloud.filter(({ region }) =>
    chosen.region === undefined || region === chosen.region
  );
  return {
    type: inOrder(offered.map(({ type }) => type)),
    region: inOrder(inCloud.map(({ cloud_provider, region }) => `${cloud_provider} ${region}`)),
    memory: inOrder(here.map(({ memory }) => memory)),
    version: inOrder(here.map(({ version }) => version)),
  };
}

/** The sizes that an instance may have; none where that is not known. */
export async function offeredMemory(
  call: ToolCall,
  { tenant_id, type, cloud_provider, region }: Instance,
): Promise<readonly string[]> {
  if (type === undefined) return [];
  const { projects } = await call.aura();
  try {
    const { instance_configurations: offered = [] } = await projects.get(tenant_id, {
      signal: call.signal,
    });
    return offerFor(offered, { type, cloud_provider, region }).memory;
  } catch {
    call.signal.throwIfAborted();
    // Aura says so itself, if it is not possible.
    return [];
  }
}

/** Each once; sizes by their number. */
function inOrder(values: readonly string[]): readonly string[] {
  return [...new Set(values)].toSorted((left, right) =>
    Number.parseInt(left, 10) - Number.parseInt(right, 10) || (left < right ? -1 : 1)
  );
}
