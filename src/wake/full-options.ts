/**
 * A waker's options with every default filled in.
 *
 * @module
 */
import type { WakeApi } from "../aura/instance.ts";
import { AuraWakeError } from "../errors.ts";
import type { Probe, WakerOptions } from "./waker.ts";

/** What the parts of a waker read; see `WakerOptions` for what each means. */
export interface FullOptions {
  readonly aura: WakeApi;
  readonly instanceId: string;
  readonly host?: string;
  readonly probe?: Probe;
  readonly enabled: boolean;
  readonly deadlineMs: number;
  readonly maxResumeCalls: number;
  readonly cooldownMs: number;
  readonly firstGuessMs: number;
  readonly probeTimeoutMs: number;
  readonly probeIntervalMs: number;
  readonly maxWakesPerDay: number;
}

/**
 * Fills in the defaults.
 *
 * @throws {AuraWakeError} CONFIG_INVALID for a value that cannot be used
 */
export function fillOptions(options: WakerOptions): FullOptions {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  const full = {
    enabled: true,
    deadlineMs: 600_000,
    maxResumeCalls: 3,
    cooldownMs: 60_000,
    firstGuessMs: 30_000,
    probeTimeoutMs: 5_000,
    probeIntervalMs: onWorkers() ? 1_000 : 250,
    maxWakesPerDay: Infinity,
    ...Object.fromEntries(given),
  } as FullOptions;
  for (const [name, value] of Object.entries(full)) {
    const least = /^(probe|dead)/.test(name) ? 1 : 0;
    const isAmount = /Ms$|^max/.test(name);
    if (isAmount && !(typeof value === "number" && value >= least)) throw invalid(name);
  }
  if (!/^[\w-]+$/.test(full.instanceId)) throw invalid("instanceId");
  return full;
}

function invalid(name: string): AuraWakeError {
  return new AuraWakeError("CONFIG_INVALID", `Cannot make a waker: ${name} cannot be used`);
}

/** Cloudflare Workers count subrequests, and end what a request began together with it. */
export function onWorkers(): boolean {
  return globalThis.navigator?.userAgent === "Cloudflare-Workers";
}
