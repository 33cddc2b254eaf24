/**
 * Tokens that allow one call: made when its preview is shown, good for that call alone, once, and not for long.
 *
 * They are sealed with a key that lives and dies with this process, so nobody can compute one; what is remembered is only which
 * were used.
 *
 * @module
 */
import type { Clock } from "../../src/clock.ts";
import { decodeBase64Url, encodeBase64Url } from "../output/base64url.ts";
import { canonicalJson } from "./canonical-json.ts";

/** What a token is good for. */
export interface Bound {
  readonly tool: string;
  /** `confirm_token` is not looked at. */
  readonly args: Readonly<Record<string, unknown>>;
  /** Whose call it is. */
  readonly caller: string;
  /** What the preview was about, as it was read. */
  readonly observed: unknown;
}

/** What became of a token. */
export type Redeemed =
  /** It was good, and is used up now. */
  | "ok"
  | "malformed"
  /** Another tool, other arguments, another caller, another process, or forged. */
  | "other-call"
  | "expired"
  | "used"
  /** What the preview was about is not as it was. */
  | "changed";

/** Makes tokens, and takes them back. */
export interface Sealer {
  readonly lifetimeMs: number;
  mint(bound: Bound): Promise<string>;
  redeem(token: string, bound: Bound): Promise<Redeemed>;
}

/** What a sealer is made with. */
export interface SealerOptions {
  readonly clock: Clock;
  /** @default the runtime's */
  readonly random?: ((size: number) => Uint8Array<ArrayBuffer>) | undefined;
  /** @default 120_000 (milliseconds) */
  readonly lifetimeMs?: number | undefined;
  /** How many used tokens are remembered; where there are more, all that are under way are given up. @default 10_000 */
  readonly maxUsed?: number | undefined;
}

// The bytes of a token: when it ends, what makes it unique, and two seals.
const NONCE_AT = 6;
const CALL_AT = NONCE_AT + 12;
const OBSERVED_AT = CALL_AT + 16;
const LENGTH = OBSERVED_AT + 16;

/** Makes a sealer. Its key is made at the first token. */
export function createSealer(options: SealerOptions): Sealer {
  const { clock, random = randomBytes, lifetimeMs = 120_000, maxUsed = 10_000 } = options;
  /** By nonce: when they end anyway. */
  const used = new Map<string, number>();
  /** What ends until then counts as ended. */
  let endedUntil = 0;
  // Bytes, not a promise of a key: on Workers what one request has begun is dead in another.
  let key: Uint8Array<ArrayBuffer> | undefined;

  async function seal(...parts: readonly unknown[]): Promise<Uint8Array> {
    key ??= random(32);
    const hmac = { name: "HMAC", hash: "SHA-256" };
    const imported = await crypto.subtle.importKey("raw", key, hmac, false, ["sign"]);
    const text = new TextEncoder().encode(canonicalJson(parts));
    return new Uint8Array(await crypto.subtle.sign("HMAC", imported, text)).slice(0, 16);
  }

  async function sealsOf(head: Uint8Array, bound: Bound): Promise<[Uint8Array, Uint8Array]> {
    const { confirm_token: _token, ...args } = bound.args;
    const start = encodeBase64Url(head);
    return [
      await seal("call", start, bound.tool, args, bound.caller),
      await seal("observed", start, bound.observed),
    ];
  }

  /** One that nobody remembers any more must not become good again. */
  function remember(nonce: string, endsAt: number): void {
    for (const [other, end] of used) if (end <= clock.now()) used.delete(other);
    if (used.size >= maxUsed) {
      for (const end of used.values()) endedUntil = Math.max(endedUntil, end);
      used.clear();
    }
    used.set(nonce, endsAt);
  }

  return {
    lifetimeMs,
    async mint(bound) {
      const token = new Uint8Array(LENGTH);
      const endsAt = Math.floor(clock.now()) + lifetimeMs;
      writeTime(token, endsAt);
      token.set(random(CALL_AT - NONCE_AT), NONCE_AT);
      const [call, observed] = await sealsOf(token.subarray(0, CALL_AT), bound);
      token.set(call, CALL_AT);
      token.set(observed, OBSERVED_AT);
      return encodeBase64Url(token);
    },
    async redeem(token, bound) {
      const bytes = decodeBase64Url(token.trim());
      if (bytes?.length !== LENGTH) return "malformed";
      const [call, observed] = await sealsOf(bytes.subarray(0, CALL_AT), bound);
      if (!isSame(call, bytes.subarray(CALL_AT, OBSERVED_AT))) return "other-call";
      const endsAt = readTime(bytes);
      const nonce = encodeBase64Url(bytes.subarray(NONCE_AT, CALL_AT));
      // From here on nothing is awaited, so that of two at the same time one is the first.
      if (used.has(nonce)) return "used";
      if (endsAt <= clock.now() || endsAt <= endedUntil) return "expired";
      if (!isSame(observed, bytes.subarray(OBSERVED_AT))) return "changed";
      remember(nonce, endsAt);
      return "ok";
    },
  };
}

/** Takes the same time wherever they differ. */
function isSame(left: Uint8Array, right: Uint8Array): boolean {
  let difference = left.length ^ right.length;
  for (const [index, byte] of left.entries()) difference |= byte ^ (right[index] ?? 0);
  return difference === 0;
}

function writeTime(bytes: Uint8Array<ArrayBuffer>, time: number): void {
  const view = new DataView(bytes.buffer);
  view.setUint16(0, Math.floor(time / 2 ** 32));
  view.setUint32(2, time % 2 ** 32);
}

function readTime(bytes: Uint8Array<ArrayBuffer>): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  return view.getUint16(0) * 2 ** 32 + view.getUint32(2);
}

function randomBytes(size: number): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(size));
}
