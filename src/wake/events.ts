/**
 * One stream of events feeds the logger, the statistics, tracing and the middleware's headers.
 *
 * @module
 */
import type { WakeFailureCode } from "../errors.ts";
import type { Verdict } from "./classify.ts";

/** What happened. */
export type WakeEventDetail =
  /** An error that may mean a pause was seen. Aura is asked next, unless waking is switched off. */
  | { readonly type: "detected"; readonly verdict: Verdict }
  /** Aura said what the instance is doing; `known` is false for a status this package has never heard of. */
  | { readonly type: "confirmed"; readonly status: string; readonly known: boolean }
  /** The API was asked to resume. `call` counts within this wake; `accepted` is false for a conflict or a failed call. */
  | { readonly type: "resume-requested"; readonly call: number; readonly accepted: boolean }
  /** It was not a pause, or Aura could not be asked: callers keep their own error. */
  | { readonly type: "dismissed"; readonly status: string | undefined }
  /** Waking: sent when the wait begins, when the status changes, and every half minute. */
  | { readonly type: "waiting"; readonly status: string; readonly waitedMs: number }
  /** The wake is over: a query answered, or, without a probe, the status says so. */
  | {
    readonly type: "ready";
    readonly tookMs: number;
    readonly resumed: boolean;
    readonly by: "probe" | "status";
  }
  /** A request waits before its handler has run; `held` counts those that wait. */
  | { readonly type: "held"; readonly held: number }
  /** Work ran again after the wake. */
  | { readonly type: "replayed"; readonly heldMs: number }
  /** A caller's time was up before the database answered. The wake goes on. */
  | { readonly type: "gave-up"; readonly heldMs: number; readonly retryAfterMs: number }
  /** Waking ended without success, or was not allowed to begin. */
  | {
    readonly type: "refused";
    readonly reason: WakeFailureCode | "not-allowed" | "daily-limit" | "disabled";
    readonly message: string;
    readonly requestId?: string | undefined;
  }
  /** Settings are missing or do not fit; everything passes through. */
  | {
    readonly type: "misconfigured";
    readonly code: "CONFIG_MISSING" | "CONFIG_INCOMPLETE" | "CONFIG_INVALID";
    readonly message: string;
  };

/** An event with its time (milliseconds since the epoch) and its instance. */
export type WakeEvent = WakeEventDetail & {
  readonly at: number;
  readonly instanceId: string | undefined;
};

/** Receives events. What it throws is swallowed: an observer never breaks a wake. */
export type WakeListener = (event: WakeEvent) => void;
