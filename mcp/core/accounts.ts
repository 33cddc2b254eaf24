/**
 * The accounts of all callers: the server's own, and one for each key of the API that a caller brings.
 *
 * @module
 */
import type { Caller } from "../caller.ts";
import { type Account, type AccountParts, openAccount } from "./account.ts";

/** Accounts with a key of their own that are kept, for the token in them; the one that was used longest ago goes first. */
const MOST = 1_000;
/** Of whoever was not here for so long nothing is kept; a token, which lives an hour, is had again. */
const IDLE_MS = 1_800_000;

interface Kept {
  readonly account: Account;
  usedAt: number;
}

/** Gives callers their accounts. They are in memory alone, under the hash of their key. */
export class Accounts {
  readonly #parts: AccountParts;
  readonly #kept = new Map<string, Kept>();
  #own: Account | undefined;

  constructor(parts: AccountParts) {
    this.#parts = parts;
  }

  /** The account of a caller. */
  async of(caller: Caller): Promise<Account> {
    if (caller.aura === undefined) return this.#own ??= openAccount(caller, this.#parts);
    const now = this.#parts.clock.now();
    const key = await hashOf(caller.aura);
    const kept = this.#kept.get(key) ?? { account: openAccount(caller, this.#parts), usedAt: now };
    kept.usedAt = now;
    // The order of a Map is that of insertion: the last one in was used last.
    this.#kept.delete(key);
    this.#kept.set(key, kept);
    for (const [old, { usedAt }] of this.#kept) {
      if (this.#kept.size <= MOST && now - usedAt < IDLE_MS) break;
      this.#kept.delete(old);
    }
    return kept.account;
  }
}

async function hashOf(
  { clientId, clientSecret }: NonNullable<Caller["aura"]>,
): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify([clientId, clientSecret]));
  return String.fromCharCode(...new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));
}
