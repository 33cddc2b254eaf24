/**
 * Access tokens: who has which, and until when.
 *
 * @module
 */
import type { Clock } from "../../clock.ts";
import type { ApiClient } from "../options.ts";
import { randomHex } from "../random.ts";

/** What a bearer token turns out to be. */
export type TokenCheck =
  | { readonly state: "valid"; readonly clientId: string }
  | { readonly state: "expired" | "unknown" };

/** What tokens depend on. */
export interface TokensOptions {
  readonly clients: readonly ApiClient[];
  readonly clock: Clock;
  readonly lifetimeMs: number;
}

/** The issued tokens. */
export class Tokens {
  readonly #options: TokensOptions;
  readonly #issued = new Map<string, { clientId: string; expiresAtMs: number }>();

  constructor(options: TokensOptions) {
    this.#options = options;
  }

  get lifetimeSeconds(): number {
    return Math.floor(this.#options.lifetimeMs / 1_000);
  }

  /** The client with this id and secret. */
  findClient(clientId: string, clientSecret: string): ApiClient | undefined {
    return this.#options.clients.find((client) =>
      client.clientId === clientId && client.clientSecret === clientSecret
    );
  }

  issue(clientId: string): string {
    // Looks like the JWT that Aura gives, because clients must treat it as opaque all the same.
    const token = `eyJhbGciOiJub25lIn0.${randomHex(64)}.${randomHex(32)}`;
    const expiresAtMs = this.#options.clock.now() + this.#options.lifetimeMs;
    this.#issued.set(token, { clientId, expiresAtMs });
    return token;
  }

  check(token: string): TokenCheck {
    const issued = this.#issued.get(token);
    if (issued === undefined) return { state: "unknown" };
    return issued.expiresAtMs > this.#options.clock.now()
      ? { state: "valid", clientId: issued.clientId }
      : { state: "expired" };
  }

  /** Forgets every token, as when a key is revoked. */
  revokeAll(): void {
    this.#issued.clear();
  }
}
