/**
 * The instances as they are kept.
 *
 * @module
 */
import { z } from "zod";
import type { EmulatedInstance, InstanceLogin, InstanceRecord } from "./instance.ts";
import type { Behind, InstanceSetup } from "./instance-setup.ts";
import type { LifeState } from "./life-state.ts";
import type { InstanceSeed, TenantSeed } from "./options.ts";
import type { JsonValue } from "./persist.ts";

/** One instance. */
export interface InstanceState {
  readonly record: InstanceRecord;
  readonly login: InstanceLogin;
  readonly setup: KeptSetup;
  readonly life: LifeState;
  readonly knownFromMs: number;
}

/** All that a fleet keeps. */
export interface FleetState {
  readonly tenants: TenantSeed[];
  /** So many of the seeds have been used. */
  readonly usedSeeds: number;
  readonly instances: InstanceState[];
}

type KeptSetup = Omit<InstanceSetup, "behind"> & {
  readonly behind: Exclude<Behind, { kind: "own" }> | { readonly kind: "own" };
};

const text = z.string();
const optionalText = text.optional();
const change = z.object({
  memory: optionalText,
  storage: optionalText,
  vectorOptimized: z.boolean().optional(),
  graphAnalyticsPlugin: z.boolean().optional(),
  secondariesCount: z.number().optional(),
  cdcEnrichmentMode: optionalText,
});

const STATE = z.object({
  tenants: z.array(z.object({ id: text, name: text })),
  usedSeeds: z.number(),
  instances: z.array(z.object({
    record: z.object({
      id: text,
      name: text,
      type: text,
      tenantId: text,
      cloudProvider: text,
      region: text,
      memory: text,
      storage: optionalText,
      createdAt: text,
      vectorOptimized: z.boolean(),
      graphAnalyticsPlugin: z.boolean(),
      secondariesCount: z.number().optional(),
      cdcEnrichmentMode: optionalText,
      customerManagedKeyId: optionalText,
      pending: change.optional(),
    }),
    login: z.object({ username: text, password: text, database: text }),
    setup: z.object({
      seedIndex: z.number().optional(),
      behind: z.discriminatedUnion("kind", [
        z.object({ kind: z.enum(["grafeo", "canned", "own"]) }),
        z.object({ kind: z.literal("upstream"), bolt: text, http: optionalText }),
      ]),
      host: text.nullish(),
      pauseMode: z.enum(["refuse", "reset", "silent", "unavailable", "unresolvable"]).optional(),
      boltPort: z.number(),
      httpPort: z.number(),
    }),
    life: z.object({ status: text, sinceMs: z.number(), isForced: z.boolean() }),
    knownFromMs: z.number(),
  })),
});

/** Reads what was kept. Throws when it is not that. */
export function readFleetState(value: JsonValue): FleetState {
  // What JSON leaves out is undefined, as the fields that may be.
  return STATE.parse(value) as FleetState;
}

/** What is kept of an instance. */
export function instanceState(instance: EmulatedInstance): InstanceState {
  const { behind } = instance.setup;
  return {
    record: instance.record,
    login: instance.login,
    setup: { ...instance.setup, behind: behind.kind === "own" ? { kind: "own" } : behind },
    life: instance.life.state.save(),
    knownFromMs: instance.knownFromMs,
  };
}

/**
 * The setup of an instance that comes back. Addresses are as the options say today; an engine of the user's own cannot
 * be kept, and has to be given again.
 */
export function setupAgain(
  { record, setup }: InstanceState,
  seeds: readonly InstanceSeed[],
): InstanceSetup {
  const seed = seedOf(record.id, setup.seedIndex, seeds);
  return {
    seedIndex: setup.seedIndex,
    behind: behindAgain(record.id, setup.behind, seed),
    host: seed === undefined ? setup.host : seed.host,
    pauseMode: seed === undefined ? setup.pauseMode : seed.pauseMode,
    boltPort: seed?.boltPort ?? 0,
    httpPort: seed?.httpPort ?? 0,
  };
}

function seedOf(
  id: string,
  index: number | undefined,
  seeds: readonly InstanceSeed[],
): InstanceSeed | undefined {
  const seed = index === undefined ? undefined : seeds[index];
  return seed?.id === undefined || seed.id === id ? seed : undefined;
}

function behindAgain(
  id: string,
  kept: KeptSetup["behind"],
  seed: InstanceSeed | undefined,
): Behind {
  if (kept.kind === "own") {
    if (typeof seed?.engine === "object") return { kind: "own", engine: seed.engine };
    throw new Error(
      `instance "${id}" ran on an engine of your own; start with the options that name it`,
    );
  }
  if (kept.kind === "upstream" && seed?.upstream !== undefined) {
    return { kind: "upstream", bolt: seed.upstream, http: seed.upstreamHttp };
  }
  return kept;
}
