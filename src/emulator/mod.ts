/**
 * A local Aura: the OAuth endpoint, the API and, for each instance, a database that can be paused, all on loopback.
 *
 * @example Pause and resume
 * ```ts
 * import { startEmulator } from "aura-wake/emulator";
 *
 * await using aura = await startEmulator();
 * await aura.pause();
 * console.log(aura.status()); // "paused"
 * ```
 *
 * @module
 */

export { startEmulator } from "./start-emulator.ts";
export type { Emulator, OperateOptions, PauseOptions } from "./emulator.ts";
export type {
  ApiClient,
  Durations,
  EmulatorOptions,
  InstanceSeed,
  OpenAnswers,
  TenantSeed,
} from "./options.ts";
export type { Fault, FaultHandle } from "./control/faults.ts";
export type { RecordedRequest } from "./control/request-log.ts";
export type { RequestMatch } from "./control/request-match.ts";
export type { ForcedDoors } from "./lifecycle.ts";
export type { PauseMode } from "./data-plane.ts";
export type { ClockSetting, EmulatorClock, EmulatorSleepOptions } from "./timeline.ts";
export type { AddressResolver, EmulatorFetch } from "./unresolvable.ts";
