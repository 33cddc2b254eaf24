/**
 * Finds out who calls.
 *
 * @module
 */
import { allows, type Mode } from "../mode.ts";
import { bearerOf, challenge, isSameSecret } from "./bearer.ts";
import { createTokenVerifier } from "./jwt.ts";
import { metadataUrlOf, resourceOf } from "./metadata.ts";
import { type Checked, refuse, retryAfter, RPC } from "./rpc-error.ts";
import type { HttpSettings } from "./settings.ts";

/** Who calls, and the most that the token allows. */
export interface Identity {
  readonly principal: string;
  /** @default no limit of its own */
  readonly mode?: Mode | undefined;
}

/** Finds out who calls, or refuses. */
export type Authenticate = (request: Request) => Promise<Checked<Identity>>;

const RETRY_MS = 5_000;

/** Makes the check that the settings ask for. Without a token or an issuer everybody is "local". */
export function createAuthenticate(settings: HttpSettings): Authenticate {
  const { token, oauth } = settings;
  if (token === undefined && oauth === undefined) {
    return () => Promise.resolve({ value: { principal: "local" } });
  }
  const verifier = oauth && createTokenVerifier({ ...settings, oauth });

  function unauthorized(request: Request, message: string, error?: string): Checked<Identity> {
    const header = challenge({
      error,
      error_description: error && message,
      scope: oauth && leastScope(oauth.scopes),
      resource_metadata: oauth && metadataUrlOf(request, settings),
    });
    const text = `Cannot serve this caller: ${message}`;
    return refuse(401, RPC.refused, text, { "www-authenticate": header });
  }

  return async (request) => {
    const given = bearerOf(request);
    if (given === undefined) {
      return unauthorized(request, "a bearer token is needed in the header Authorization");
    }
    if (token !== undefined && await isSameSecret(given, token)) {
      return { value: { principal: "token" } };
    }
    if (oauth === undefined || verifier === undefined) {
      return unauthorized(request, "the bearer token is not the right one", "invalid_token");
    }
    const verdict = await verifier.verify(given, resourceOf(request, settings));
    if (verdict.kind === "unreachable") {
      return refuse(
        503,
        RPC.refused,
        "Cannot check the token: the keys of its issuer cannot be had; try again",
        retryAfter(RETRY_MS),
      );
    }
    if (verdict.kind === "invalid") {
      const reason = verdict.reason === "expired"
        ? "the token has expired"
        : "the token is not one of the issuer for this server";
      return unauthorized(request, reason, "invalid_token");
    }
    const mode = modeOf(verdict.scopes, oauth.scopes);
    if (mode !== undefined) return { value: { principal: verdict.principal, mode } };
    return refuse(
      403,
      RPC.refused,
      `Cannot serve this token: it has none of the scopes ${Object.keys(oauth.scopes).join(", ")}`,
      { "www-authenticate": insufficientScope(request, settings, leastScope(oauth.scopes)) },
    );
  };
}

/** The challenge for a token that allows too little. */
export function insufficientScope(
  request: Request,
  settings: Pick<HttpSettings, "oauth" | "path" | "metricsPath">,
  scope: string | undefined,
): string {
  return challenge({
    error: "insufficient_scope",
    scope,
    resource_metadata: metadataUrlOf(request, settings),
  });
}

/** The scope that allows a mode, when the token has too little for it. */
export function scopeFor(scopes: Readonly<Record<string, Mode>>, mode: Mode): string | undefined {
  return Object.keys(scopes).find((scope) => scopes[scope] === mode);
}

function leastScope(scopes: Readonly<Record<string, Mode>>): string | undefined {
  return scopeFor(scopes, "read") ?? Object.keys(scopes)[0];
}

function modeOf(
  given: readonly string[],
  scopes: Readonly<Record<string, Mode>>,
): Mode | undefined {
  let most: Mode | undefined;
  for (const scope of given) {
    const mode = Object.hasOwn(scopes, scope) ? scopes[scope] : undefined;
    if (mode !== undefined && (most === undefined || allows(mode, most))) most = mode;
  }
  return most;
}
