/**
 * What an error of the Aura API means for a wake.
 *
 * @module
 */
import type { AuraApiError } from "../aura/errors.ts";
import type { WakeFailureCode } from "../errors.ts";

/**
 * The failure that ends the wake, `"conflict"` when somebody else is at it, `"busy"` for a rate limit, or `undefined` when the
 * API may answer later.
 */
export function apiFailure(error: unknown): WakeFailureCode | "conflict" | "busy" | undefined {
  const { code, status, reason, signIn } = Object(error) as Partial<AuraApiError>;
  if (code !== "AURA_API" || typeof status !== "number") return undefined;
  if (status === 429) return "busy";
  if (status === 408 || status < 400 || status >= 500) return undefined;
  if (status === 402 || reason === "missing-billing-details" || reason === "quota-exceeded") {
    return "AURA_BILLING";
  }
  // The token endpoint says 400 and 404 for what it does not like about the credentials, too.
  if (status === 401 || status === 403 || signIn) {
    return "AURA_CREDENTIALS";
  }
  if (status === 404) return "AURA_GONE";
  return status === 409 ? "conflict" : "AURA_WAKE_REFUSED";
}
