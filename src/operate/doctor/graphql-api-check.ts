/**
 * Can the instance's GraphQL Data APIs be managed?
 *
 * @see https://neo4j.com/docs/graphql/current/aura-graphql/
 * @module
 */
import { apiTrouble, refusalStatus } from "./api-trouble.ts";
import { type Finding, fine, unchecked } from "./check.ts";
import type { Examination } from "./examination.ts";

/** Lists them. */
export async function checkGraphqlApi(
  { api, facts: { instance }, directions }: Examination,
  signal: AbortSignal,
): Promise<Finding> {
  if (!("aura" in api) || instance === undefined) {
    throw new TypeError("Cannot ask for Data APIs without an instance");
  }
  try {
    const path = `/v1beta5/instances/${encodeURIComponent(instance.id)}/data-apis/graphql`;
    const found = await api.aura.request<readonly unknown[]>("GET", path, {
      signal,
      action: "list Data APIs",
    });
    const count = found.length;
    return fine(`it answers: ${count === 0 ? "no" : count} Data API${count === 1 ? "" : "s"}`);
  } catch (error) {
    signal.throwIfAborted();
    const status = refusalStatus(error) ?? 0;
    if (instance.type === "free-db" && status >= 400 && status < 500) {
      return unchecked("AuraDB Free has no Data APIs");
    }
    return apiTrouble(error, directions);
  }
}
