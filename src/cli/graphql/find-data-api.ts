/**
 * Finds the GraphQL Data API that a person means: by id, or by its exact name.
 *
 * @module
 */
import type { Aura } from "../../aura/aura.ts";
import type { AuthProvider, DataApiSummary } from "../../aura/data-api.ts";
import type { Instance } from "../../aura/instance.ts";
import type { Context } from "../context.ts";
import { instanceLabel } from "../instances/instance-label.ts";
import { pickNamed } from "../instances/pick-named.ts";

/** The argument and the flag that name a Data API. */
export const DATA_API_ARGS = {
  api: { type: "positional", description: "The Data API's id or exact name" },
  instance: {
    type: "string",
    valueHint: "id|name",
    description: "The instance that it belongs to (default: the one in the settings)",
  },
} as const;

/** A Data API with what it takes to call about it. */
export interface FoundDataApi {
  readonly aura: Aura;
  readonly instance: Instance;
  readonly api: DataApiSummary;
  /** "Data API movies (c3d4e5f6)" */
  readonly label: string;
}

/** Finds it among those of its instance. @throws {CliError} NOT_FOUND, AMBIGUOUS */
export async function findDataApi(
  context: Context,
  { api: named, instance: instanceName }: {
    readonly api: string;
    readonly instance: string | undefined;
  },
): Promise<FoundDataApi> {
  const aura = await context.aura();
  const instance = await context.instance(instanceName);
  const all = await aura.dataApis.list(instance.id, { signal: context.signal });
  const api = pickNamed({
    kind: "Data API",
    all,
    named,
    place: `instance ${instanceLabel(instance)}`,
    hint: `aura-wake graphql list --instance ${instance.id} shows what there is`,
  });
  return { aura, instance, api, label: `Data API ${api.name} (${api.id})` };
}

/** Finds one of a Data API's authentication providers. @throws {CliError} NOT_FOUND, AMBIGUOUS */
export async function findAuthProvider(
  { aura, instance, api, label }: FoundDataApi,
  named: string,
  signal: AbortSignal,
): Promise<AuthProvider> {
  const all = await aura.dataApis.authProviders.list(instance.id, api.id, { signal });
  return pickNamed({
    kind: "authentication provider",
    all,
    named,
    place: label,
    hint: `aura-wake graphql auth list ${api.id} --instance ${instance.id} shows what there is`,
  });
}
