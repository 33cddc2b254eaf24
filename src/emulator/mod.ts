/**
 * A local Aura: the OAuth endpoint, the API and, for each instance, a database that can be paused, all on loopback.
 *
 * @example An app's variables, a pause, a fault
 * ```ts
 * import { startEmulator } from "aura-wake/emulator";
 * import assert from "node:assert/strict";
 *
 * await using aura = await startEmulator({ pauseMode: "refuse" });
 * const env = aura.env(); // NEO4J_URI, AURA_CLIENT_ID, AURA_BASE_URL …
 * await aura.pause();
 * aura.fault("GET /v1/instances/:id", { status: 503 });
 *
 * const response = await fetch(`${env["AURA_BASE_URL"]}/v1/instances/${env["AURA_INSTANCEID"]}`);
 * assert.equal(response.status, 503);
 * assert.equal(aura.requests("GET /v1/instances/:id").length, 1);
 * ```
 *
 * @module
 */
export { startEmulator } from "./start-emulator.ts";
export type { Clock, SleepOptions } from "../clock.ts";
export type { Emulator, InstanceEntry, OperateOptions, PauseOptions } from "./emulator.ts";
export type {
  ApiClient,
  Durations,
  EmulatorOptions,
  InstanceSeed,
  OpenAnswers,
  OrganizationSeed,
  TenantSeed,
} from "./options.ts";
export type {
  AnswerFault,
  CutFault,
  DelayFault,
  Fault,
  FaultDelay,
  FaultHandle,
  HtmlFault,
  ResetFault,
  SilentFault,
} from "./control/faults.ts";
export type { ImportJobEntry } from "./control/import-job-entry.ts";
export type {
  ImportDataSource,
  ImportedNodes,
  ImportedRelationships,
  ImportOutcome,
  ImportScript,
} from "./control/import-job-script.ts";
export type { ImportState } from "./control/import-job.ts";
export type { RecordedRequest } from "./control/recorded-request.ts";
export type { RequestMatch } from "./control/request-match.ts";
export type { FailingOperation } from "./failures.ts";
export type { ForcedDoors } from "./statuses.ts";
export type { PauseMode } from "./pause-mode.ts";
export type { ClockSetting } from "./timeline.ts";
export type { AddressResolver, EmulatorFetch } from "./unresolvable.ts";
export {
  type CannedAnswers,
  cannedEngine,
  type CannedEngineOptions,
  type CannedQuery,
  type CannedRow,
} from "./engine/canned/canned-engine.ts";
export { grafeoEngine, type GrafeoEngineOptions } from "./engine/grafeo/grafeo-engine.ts";
export {
  type AccessMode,
  type Counters,
  type Engine,
  EngineError,
  type EngineQuery,
  type EngineResult,
  type EngineSnapshot,
  type EngineTransaction,
  type GraphSize,
  type QueryType,
} from "./engine/engine.ts";
export {
  DateValue,
  DurationValue,
  GraphNode,
  GraphPath,
  GraphRelationship,
  LocalDateTimeValue,
  LocalTimeValue,
  OffsetDateTimeValue,
  PointValue,
  type TemporalValue,
  TimeValue,
  ZonedDateTimeValue,
} from "./engine/values.ts";
