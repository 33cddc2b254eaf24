/**
 * Is there something to sign in to the Aura API with, and does the API accept it?
 *
 * @module
 */
import { apiTrouble } from "./api-trouble.ts";
import { type Finding, fine, wrong } from "./check.ts";
import type { Examination } from "./examination.ts";

/** Are there credentials? They are not tried yet. */
export function checkCredentials({ api }: Examination): Finding {
  return "aura" in api ? fine(api.source) : wrong(api.problem, api.remedy);
}

/** Does signing in work, and does the API take the token? A ready token is only found out by using it. */
export async function checkToken(
  { api, directions }: Examination,
  signal: AbortSignal,
): Promise<Finding> {
  if (!("aura" in api)) throw new TypeError("Cannot sign in: there are no credentials");
  try {
    const action = "use the token";
    const projects = await api.aura.request<readonly unknown[]>("GET", "/v1/tenants", {
      signal,
      action,
    });
    const count = projects.length;
    return fine(`the Aura API accepts it, and shows ${count} project${count === 1 ? "" : "s"}`);
  } catch (error) {
    signal.throwIfAborted();
    return apiTrouble(error, directions);
  }
}
