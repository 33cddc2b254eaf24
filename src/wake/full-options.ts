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
  readonly host: string | undefined;
  readonly probe: Probe | undefined;
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
  if (!/^[\w-]+$/.test(options.instanceId)) throw invalid("instanceId", "an id");
  for (const name of AMOUNTS) {
    const value = options[name] ?? 1;
    const mayBeZero = name !== "deadlineMs" && !name.startsWith("probe");
    if (typeof value !== "number" || !(value > 0 || (value === 0 && mayBeZero))) {
      throw invalid(name, "a number above 0");
    }
  }
  return {
    aura: options.aura,
    instanceId: options.instanceId,
    host: options.host,
    probe: options.probe,
    enabled: options.enabled ?? true,
    deadlineMs: options.deadlineMs ?? 600_000,
    maxResumeCalls: options.maxResumeCalls ?? 3,
    cooldownMs: options.cooldownMs ?? 60_000,
    firstGuessMs: options.firstGuessMs ?? 30_000,
    probeTimeoutMs: options.probeTimeoutMs ?? 5_000,
    probeIntervalMs: options.probeIntervalMs ?? (onWorkers() ? 1_000 : 250),
    maxWakesPerDay: options.maxWakesPerDay ?? Infinity,
  };
}

const AMOUNTS = [
  "deadlineMs",
  "maxResumeCalls",
  "cooldownMs",
  "firstGuessMs",
  "probeTimeoutMs",
  "probeIntervalMs",
  "maxWakesPerDay",
] as const;

function invalid(name: string, what: string): AuraWakeError {
  return new AuraWakeError("CONFIG_INVALID", `Cannot make a waker: ${name} is not ${what}`);
}

/** Cloudflare Workers count subrequests, and end what a request began together with it. */
export function onWorkers(): boolean {
  return globalThis.navigator?.userAgent === "Cloudflare-Workers";
}
