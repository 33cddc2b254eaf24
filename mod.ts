/**
 * Wakes a paused Neo4j Aura database: the client of the Aura API, the classifier of errors and the waker, by name.
 *
 * Web APIs only. The Hono middleware is `aura-wake/hono`, connections are `aura-wake/neo4j`, the local Aura is
 * `aura-wake/emulator`.
 *
 * @example
 * ```ts
 * import { createAura, createWaker } from "aura-wake";
 *
 * const aura = createAura({ credentials: { clientId: "id", clientSecret: "secret" } });
 * const waker = createWaker({
 *   aura,
 *   instanceId: "a1b2c3d4",
 *   probe: async () => {}, // resolves when a query answers
 * });
 * await waker.run(() => Promise.resolve("a query"), { idempotent: true });
 * ```
 *
 * @module
 */
export { VERSION } from "./src/version.ts";

export { AuraWakeError, type ErrorCode, type WakeFailureCode } from "./src/errors.ts";
export type { Clock, SleepOptions } from "./src/clock.ts";
export { systemClock } from "./src/system-clock.ts";

export { type Aura, createAura } from "./src/aura/aura.ts";
export type { AuthProviderCalls } from "./src/aura/auth-provider-calls.ts";
export type { DataApiCalls } from "./src/aura/data-api-calls.ts";
export {
  type ApiErrorFacts,
  type ApiProblem,
  AuraApiError,
  AuraUnreachableError,
} from "./src/aura/errors.ts";
export type {
  AuthProvider,
  AuthProviderChanges,
  CreatedDataApi,
  DataApi,
  DataApiAccount,
  DataApiChanges,
  DataApiFeatures,
  DataApiSecurity,
  DataApiStatus,
  DataApiSummary,
  KnownDataApiStatus,
  NewAuthProvider,
  NewDataApi,
} from "./src/aura/data-api.ts";
export type { ImportJobCalls, ImportProgressOption } from "./src/aura/import-job-calls.ts";
export type {
  ImportInfo,
  ImportJob,
  ImportJobId,
  ImportPart,
  ImportProgress,
  ImportState,
  KnownImportState,
  NewImportJob,
  ProjectPath,
} from "./src/aura/import-job.ts";
export type { InstanceCalls } from "./src/aura/instance-calls.ts";
export type { Organization } from "./src/aura/organization.ts";
export type { OriginCalls } from "./src/aura/origin-calls.ts";
export type { MetricsEndpoint, OrganizationCalls, ProjectCalls } from "./src/aura/project-calls.ts";
export type { InstanceConfiguration, Project, ProjectSummary } from "./src/aura/project.ts";
export type { AuraRequest, Method, RequestOptions } from "./src/aura/request.ts";
export { Secret } from "./src/secret.ts";
export type { AuraCredentials, AuraOptions } from "./src/aura/settings.ts";
export type { SnapshotCalls } from "./src/aura/snapshot-calls.ts";
export type {
  CreatedSnapshot,
  KnownSnapshotStatus,
  Snapshot,
  SnapshotStatus,
} from "./src/aura/snapshot.ts";
export { AuraWaitError } from "./src/aura/wait-error.ts";
export type { AuraWaitOptions } from "./src/aura/waiter.ts";
export type {
  CallOptions,
  CreatedInstance,
  Instance,
  InstanceChanges,
  InstanceSize,
  InstanceSource,
  InstanceStatus,
  InstanceSummary,
  KnownInstanceStatus,
  NewInstance,
  Priority,
  SizingAnswer,
  SizingQuestion,
  WakeApi,
} from "./src/aura/instance.ts";

export {
  classify,
  type ClassifyOptions,
  type Reached,
  type Verdict,
  type VerdictKind,
  type VerdictReason,
} from "./src/wake/classify.ts";
export { createWaker } from "./src/wake/create-waker.ts";
export { type ErrorExtensions, WakeFailedError, WakingError } from "./src/wake/errors.ts";
export type { WakeEvent, WakeEventDetail, WakeListener } from "./src/wake/events.ts";
export {
  telemetry,
  type TelemetryAttributes,
  type TelemetryOptions,
  type WakeSpan,
} from "./src/wake/telemetry.ts";
export { webhook, type WebhookOccasion, type WebhookOptions } from "./src/wake/webhook.ts";
export type {
  Probe,
  RunOptions,
  WaitOptions,
  Waker,
  WakerOptions,
  WakerState,
  WakerStats,
} from "./src/wake/waker.ts";

export { memoryStore, type MemoryStoreOptions } from "./src/store/memory.ts";
export type { SetOptions, Store } from "./src/store/store.ts";
