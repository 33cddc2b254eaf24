/**
 * Tells somebody by HTTP that a pause was found, or that a wake does not get on.
 *
 * @module
 */
import { systemClock } from "../system-clock.ts";
import type { Clock } from "../clock.ts";
import type { WakeEvent, WakeListener } from "./events.ts";

/** Where to, and what counts as stuck. */
export interface WebhookOptions {
  /** An https address; Slack's, Teams' and Mattermost's incoming webhooks understand the body's `text`. */
  readonly url: string;
  /** Signs the body: `Aura-Wake-Signature: sha256=<hex>`, an HMAC-SHA-256 of it under this secret. */
  readonly secret?: string | undefined;
  /**
   * A wake that takes longer than this many milliseconds is stuck.
   *
   * @default 180_000
   */
  readonly stuckAfterMs?: number | undefined;
  /** @default the runtime's fetch, looked up at each call */
  readonly fetch?: ((request: Request) => Promise<Response>) | undefined;
  /** @default the machine's clock */
  readonly clock?: Clock | undefined;
  /** Learns of a delivery that failed three times; a wake never does. */
  readonly onError?: ((error: unknown) => void) | undefined;
  /** Keeps a delivery going after the response, as `executionCtx.waitUntil` does on Workers. */
  readonly waitUntil?: ((promise: Promise<unknown>) => void) | undefined;
}

/** What a delivery is about. */
export type WebhookOccasion = "pause-found" | "wake-stuck" | "wake-failed" | "awake-again";

const TRIES = 3;
const TRY_MS = 10_000;

/**
 * Makes a listener for `onEvent` that posts JSON, `{ occasion, instanceId, at, text, … }`, when a pause is found, when a wake is
 * stuck or fails, and when a stuck one ends well. Each once a wake.
 *
 * @example
 * ```ts
 * import { webhook } from "aura-wake";
 *
 * const onEvent = webhook({ url: "https://hooks.example/aura", fetch: () => Promise.resolve(new Response()) });
 * onEvent({ type: "confirmed", status: "paused", known: true, at: Date.now(), instanceId: "a1b2c3d4" });
 * ```
 */
export function webhook(options: WebhookOptions): WakeListener {
  const { stuckAfterMs = 180_000, waitUntil, onError } = options;
  let told = new Set<WebhookOccasion>();

  function tell(occasion: WebhookOccasion, event: WakeEvent, text: string): void {
    if (told.has(occasion)) return;
    told.add(occasion);
    const { instanceId, at } = event;
    const code = event.type === "refused" ? event.reason : undefined;
    const body = JSON.stringify({
      occasion,
      instanceId,
      at: new Date(at).toISOString(),
      code,
      text,
    });
    const delivery = deliver(body, options).catch((error) => onError?.(error));
    waitUntil?.(delivery);
  }

  return function webhook(event) {
    const name = `Aura instance ${event.instanceId}`;
    switch (event.type) {
      case "detected":
        told = new Set();
        break;
      case "confirmed":
        if (/^paus(ed|ing)$/.test(event.status)) {
          tell("pause-found", event, `${name} is ${event.status}; waking it`);
        }
        break;
      case "waiting":
        if (event.waitedMs >= stuckAfterMs) {
          const seconds = Math.round(event.waitedMs / 1000);
          tell("wake-stuck", event, `${name} is still ${event.status} after ${seconds} s`);
        }
        break;
      case "refused":
        if (event.reason.startsWith("AURA_")) tell("wake-failed", event, event.message);
        break;
      case "ready":
        if (told.has("wake-stuck")) {
          const seconds = Math.round(event.tookMs / 1000);
          tell("awake-again", event, `${name} is awake after ${seconds} s`);
        }
        break;
      default:
    }
  };
}

async function deliver(body: string, options: WebhookOptions): Promise<void> {
  const { url, secret, clock = systemClock } = options;
  const fetch = options.fetch ?? ((request: Request) => globalThis.fetch(request));
  const headers: Record<string, string> = { "content-type": "application/json" };
  if (secret) headers["aura-wake-signature"] = `sha256=${await sign(body, secret)}`;
  for (let tries = 1;; tries++) {
    try {
      const signal = AbortSignal.timeout(TRY_MS);
      const response = await fetch(new Request(url, { method: "POST", headers, body, signal }));
      await response.body?.cancel();
      if (response.ok) return;
      throw new Error(`Cannot deliver the webhook: it answered ${response.status}`);
    } catch (error) {
      if (tries === TRIES) throw error;
    }
    await clock.sleep(1_000 * 4 ** tries, { background: true });
  }
}

async function sign(body: string, secret: string): Promise<string> {
  const encoder = new TextEncoder();
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", encoder.encode(secret), algorithm, false, [
    "sign",
  ]);
  const bytes = await crypto.subtle.sign("HMAC", key, encoder.encode(body));
  return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
