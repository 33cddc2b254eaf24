/**
 * One stream of events feeds the logger, the statistics, tracing and the middleware's headers.
 *
 * @module
 */
import type { WakeFailureCode } from "../errors.ts";
import type { Verdict } from "./classify.ts";

/** What happened. `at` is milliseconds since the epoch. */
export type WakeEvent =
  & { readonly at: number; readonly instanceId: string | undefined }
  & (
    /** An error that may mean a pause was seen, and Aura is about to be asked. */
    | { readonly type: "detected"; readonly verdict: Verdict }
    /** Aura said what the instance is doing; `known` is false for a status this package has never heard of. */
    | { readonly type: "confirmed"; readonly status: string; readonly known: boolean }
    /** The API was asked to resume; `call` counts within this wake. */
    | { readonly type: "resume-requested"; readonly call: number; readonly accepted: boolean }
    /** Still waking; sent when the status changes and each half minute. */
    | { readonly type: "waiting"; readonly status: string; readonly waitedMs: number }
    /** A query answers again. `resumed` says whether this process asked for it. */
    | { readonly type: "ready"; readonly tookMs: number; readonly resumed: boolean }
    /** A request waits for the wake before its handler has run. */
    | { readonly type: "held"; readonly held: number }
    /** Work was run again after the wake. */
    | { readonly type: "replayed"; readonly heldMs: number }
    /** A caller's time was up before the database answered; the wake goes on. */
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
      readonly code: "CONFIG_INCOMPLETE" | "CONFIG_INVALID" | "CONFIG_MISSING";
      readonly message: string;
    }
  );

/** Receives events. What it throws is swallowed: an observer never breaks a wake. */
export type WakeListener = (event: WakeEvent) => void;
