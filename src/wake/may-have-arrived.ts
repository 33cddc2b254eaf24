/**
 * Whether a call that changed something at Aura may have been carried out although it failed.
 *
 * @module
 */
import type { AuraApiError } from "../aura/errors.ts";
import { classify } from "./classify.ts";

/** False only where that is certain: the API said no, or nothing reached it. Then it may be sent again. */
export function mayHaveArrived(error: unknown): boolean {
  const { code, status = 0, signIn, url = "" } = Object(error) as
    & Partial<Omit<AuraApiError, "code">>
    & { readonly code?: string };
  if (code === "CONFIG_INVALID" || code === "CONFIG_INCOMPLETE") return false;
  // A proxy that did not want to wait longer (408) has passed it on.
  if (code === "AURA_API") {
    return signIn !== true && (status < 400 || status >= 500 || status === 408);
  }
  if (code !== "AURA_UNREACHABLE") return true;
  return !url.endsWith("/oauth/token") && classify((error as Error).cause).reached !== "no";
}
