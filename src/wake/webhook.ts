/**
 * Tells somebody by HTTP that a pause was found, or that a wake does not get on.
 *
 * @module
 */
import type { Clock } from "../clock.ts";
import { AuraWakeError } from "../errors.ts";
import { hostOf, isLoopback } from "../hosts.ts";
import { systemClock } from "../system-clock.ts";
import type { WakeEvent, WakeListener } from "./events.ts";

/** Where to, and what counts as stuck. */
export interface WebhookOptions {
  /** An https address (http to loopback only); Slack's and Mattermost's incoming webhooks understand the body's `text`. */
  readonly url: string;
  /**
   * Signs the body: `Aura-Wake-Signature: sha256=<hex>`, an HMAC-SHA-256 of it under this secret.
   *
   * @default no signature
   */
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
  /**
   * Learns of a delivery that failed three times; a wake never does.
   *
   * @default nobody
   */
  readonly onError?: ((error: unknown) => void) | undefined;
  /**
   * Keeps a delivery going after the response: on Workers `waitUntil` of `cloudflare:workers`.
   *
   * @default nothing does
   */
  readonly waitUntil?: ((promise: Promise<unknown>) => void) | undefined;
}

/** What a delivery is about. */
export type WebhookOccasion = "pause-found" | "wake-stuck" | "wake-failed" | "awake-again";

const TRIES = 3;
const TRY_MS = 10_000;

/**
 * Makes a listener for `onEvent` that posts JSON, `{ occasion, instanceId, at, text, code? }`: when a pause was found and the
 * resume is asked for (by the process that asked, so that many processes make one message), when a wake is stuck or fails, and
 * when a stuck one ends well. Each once a wake.
 *
 * @throws {AuraWakeError} CONFIG_INVALID for an address that cannot be used
 *
 * @example
 * ```ts
 * import { webhook } from "aura-wake";
 *
 * const onEvent = webhook({ url: "https://hooks.example/aura", fetch: () => Promise.resolve(new Response()) });
 * onEvent({ type: "resume-requested", call: 1, accepted: true, at: Date.now(), instanceId: "a1b2c3d4" });
 * ```
 */
export function webhook(options: WebhookOptions): WakeListener {
  const { stuckAfterMs = 180_000, waitUntil, onError } = options;
  if (!options.url.startsWith("https:") && !isLoopback(hostOf(options.url))) {
    throw new AuraWakeError("CONFIG_INVALID", "Cannot use the webhook: url is not an https URL");
  }
  const told = new Map<string | undefined, Set<WebhookOccasion>>();

  function tell(occasion: WebhookOccasion, event: WakeEvent, text: string): void {
    const { instanceId, at } = event;
    const occasions = told.get(instanceId) ?? new Set();
    if (occasions.has(occasion)) return;
    told.set(instanceId, occasions.add(occasion));
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
    const { type, instanceId } = event;
    const name = `Aura instance ${instanceId}`;
    if (type === "detected") told.delete(instanceId);
    else if (type === "resume-requested" && event.accepted) {
      tell("pause-found", event, `${name} was paused; it is being resumed`);
    } else if (type === "waiting" && event.waitedMs >= stuckAfterMs) {
      const seconds = Math.round(event.waitedMs / 1000);
      tell("wake-stuck", event, `${name} is still ${event.status} after ${seconds} s`);
    } else if (type === "refused" && /^AURA_|^daily-limit$/.test(event.reason)) {
      tell("wake-failed", event, event.message);
    } else if (type === "ready" && told.get(instanceId)?.has("wake-stuck")) {
      tell("awake-again", event, `${name} is awake after ${Math.round(event.tookMs / 1000)} s`);
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
