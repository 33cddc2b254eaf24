/**
 * What a 404 says.
 *
 * @module
 */
import type { AuraApiError } from "./errors.ts";

/** The API answered that it does not know this. A 404 of the token endpoint says nothing of it. */
export function isNotFound(error: unknown): error is AuraApiError {
  const { code, status, signIn } = Object(error) as Partial<AuraApiError>;
  return code === "AURA_API" && status === 404 && signIn !== true;
}

/** The same in the API's own words, which name a reason: a page of a proxy is a 404 too, and what it stands before lives on. */
export function isGone(error: unknown): boolean {
  return isNotFound(error) && error.reason !== undefined;
}
