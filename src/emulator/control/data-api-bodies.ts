/**
 * How Data APIs and their authentication providers look in the API's answers.
 *
 * @see https://neo4j.com/docs/graphql/current/aura-graphql/
 * @module
 */
import type { AuthProvider, DataApiRecord } from "./data-api.ts";
import { dataApiUrl } from "./data-api-endpoint.ts";

/** A row of the list, and what changes answer. */
export function dataApiSummary(
  { id, name, status }: DataApiRecord,
  origin: string,
): Record<string, unknown> {
  return { id, name, status, url: dataApiUrl(origin, id) };
}

/** What GET answers: problems stand beside the data. */
export function dataApiAnswer(record: DataApiRecord, origin: string): Record<string, unknown> {
  const data = {
    ...dataApiSummary(record, origin),
    type_definitions: record.typeDefinitions,
    features: { subgraph: record.subgraph },
    security: { cors_policy: { allowed_origins: record.allowedOrigins } },
    aura_instance: { id: record.instanceId },
  };
  return record.problems.length === 0 ? { data } : { data, errors: record.problems };
}

/** A provider in full; a key is never in it. */
export function providerBody(provider: AuthProvider): Record<string, unknown> {
  const { url } = provider;
  return { ...providerSummary(provider), ...(url === undefined ? {} : { url }) };
}

/** A row of the list of providers. */
export function providerSummary(
  { id, name, type, enabled }: AuthProvider,
): Record<string, unknown> {
  return { id, name, type, enabled };
}
