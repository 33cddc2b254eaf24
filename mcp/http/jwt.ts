/**
 * Checks access tokens that are JWTs: who issued them, for whom, until when, and that the issuer's key signed them.
 *
 * @see https://modelcontextprotocol.io/specification/2025-11-25/basic/authorization#token-handling
 * @see https://www.rfc-editor.org/rfc/rfc9068
 * @module
 */
import type { JWTPayload, JWTVerifyGetKey } from "jose";
import type { Clock } from "../../src/clock.ts";
import { discoverJwksUrl } from "./discover-keys.ts";
import { fetchDocument } from "./fetch-document.ts";
import type { OAuthOptions } from "./options.ts";

/** What a token says, or why it says nothing. */
export type TokenVerdict =
  | { readonly kind: "valid"; readonly principal: string; readonly scopes: readonly string[] }
  | { readonly kind: "invalid"; readonly reason: "expired" | "wrong" }
  /** The issuer's keys cannot be had: it is not the token that is wrong. */
  | { readonly kind: "unreachable" };

/** Checks tokens. */
export interface TokenVerifier {
  /** Checks one that is meant for this resource. Never rejects. */
  verify(token: string, resource: string): Promise<TokenVerdict>;
}

/** What it is made with. */
export interface TokenVerifierOptions {
  readonly oauth: OAuthOptions;
  readonly clock: Clock;
  readonly log: (line: string) => void;
}

/** No shared secret: whoever can check a token could make one. */
const ALGORITHMS = [
  ...["RS256", "RS384", "RS512", "PS256", "PS384", "PS512"],
  ...["ES256", "ES384", "ES512", "EdDSA", "Ed25519"],
];
const CLOCK_TOLERANCE_S = 10;
/** An issuer that is down is not asked again at once by every request. */
const FAILURE_PAUSE_MS = 3_000;

/** Errors of jose that say that the token is wrong; every other one says that it could not be checked. */
const TOKEN_IS_WRONG =
  /^ERR_(?:JW[TSE]_|JWKS_(?:NO|MULTIPLE)_MATCHING_KEY|JOSE_ALG_NOT_ALLOWED|JOSE_NOT_SUPPORTED)/;

/** Makes a verifier. The keys are fetched for the first token, and again when they are ten minutes old or miss one. */
export function createTokenVerifier({ oauth, clock, log }: TokenVerifierOptions): TokenVerifier {
  let keys: Promise<JWTVerifyGetKey> | undefined;
  let failedAt = -Infinity;
  let toldAt = -Infinity;

  const isResting = (): boolean => clock.now() - failedAt < FAILURE_PAUSE_MS;

  async function fetchNow(url: string, init: RequestInit): Promise<Response> {
    if (isResting()) throw new Error("it failed just now");
    try {
      return await fetchDocument(oauth.fetch ?? fetch, url, init);
    } catch (error) {
      failedAt = clock.now();
      throw error;
    }
  }

  async function openKeys(): Promise<JWTVerifyGetKey> {
    const { createRemoteJWKSet, customFetch } = await import("jose");
    const url = oauth.jwksUrl === undefined
      ? await discoverJwksUrl(oauth.issuer, fetchNow)
      : new URL(oauth.jwksUrl);
    return createRemoteJWKSet(url, { [customFetch]: fetchNow });
  }

  const keyFor: JWTVerifyGetKey = async (...given) => {
    keys ??= openKeys().catch((error: unknown) => {
      keys = undefined;
      throw error;
    });
    return await (await keys)(...given);
  };

  return {
    async verify(token, resource) {
      const { jwtVerify } = await import("jose");
      try {
        const { payload } = await jwtVerify(token, keyFor, {
          issuer: oauth.issuer,
          audience: oauth.audience ?? resource,
          algorithms: ALGORITHMS,
          requiredClaims: ["exp", "sub"],
          clockTolerance: CLOCK_TOLERANCE_S,
          currentDate: new Date(clock.now()),
        });
        const principal = `${payload.iss}|${payload.sub}`;
        return { kind: "valid", principal, scopes: scopesOf(payload) };
      } catch (error) {
        const code = codeOf(error);
        if (!TOKEN_IS_WRONG.test(code)) {
          // Whatever failed, its status or what it says: whoever calls next must not make us ask again at once.
          if (!isResting()) failedAt = clock.now();
          if (clock.now() - toldAt >= FAILURE_PAUSE_MS) {
            toldAt = clock.now();
            log(`Cannot check a token of ${oauth.issuer}: ${(error as Error).message}`);
          }
          return { kind: "unreachable" };
        }
        return { kind: "invalid", reason: code === "ERR_JWT_EXPIRED" ? "expired" : "wrong" };
      }
    },
  };
}

/** `scope` is a text (RFC 9068), `scp` what Entra and Okta have; either may be a list. */
function scopesOf({ scope, scp }: JWTPayload & { scope?: unknown; scp?: unknown }): string[] {
  return [scope, scp].flat().flatMap((each) => typeof each === "string" ? each.split(" ") : []);
}

function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | undefined)?.code;
  return typeof code === "string" ? code : "";
}
