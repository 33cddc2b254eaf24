/**
 * Finds the GraphQL Data API that a person means: by id, or by its exact name.
 *
 * @module
 */
import type { Aura } from "../../aura/aura.ts";
import type { AuthProvider, DataApiSummary } from "../../aura/data-api.ts";
import type { Instance } from "../../aura/instance.ts";
import type { OperateContext } from "../context.ts";
import { instanceLabel } from "../instances/instance-label.ts";
import { pickNamed } from "../instances/pick-named.ts";
import { refuseFree } from "./paid-instance.ts";

/** A Data API with what it takes to call about it. */
export interface FoundDataApi {
  readonly aura: Aura;
  readonly instance: Instance;
  readonly api: DataApiSummary;
  /** "Data API movies (c3d4e5f6)" */
  readonly label: string;
}

/** Finds it among those of its instance. @throws {OperateError} NOT_FOUND, AMBIGUOUS, NOT_PERMITTED */
export async function findDataApi(
  context: OperateContext,
  { api: named, instance: instanceName }: {
    readonly api: string;
    readonly instance: string | undefined;
  },
): Promise<FoundDataApi> {
  const aura = await context.aura();
  const instance = await context.instance(instanceName);
  refuseFree(instance, context.directions);
  const all = await aura.dataApis.list(instance.id, { signal: context.signal });
  const api = pickNamed({
    kind: "Data API",
    all,
    named,
    place: `instance ${instanceLabel(instance)}`,
    hint: `${context.directions.dataApis.list(instance.id)} shows what there is`,
  });
  return { aura, instance, api, label: `Data API ${api.name} (${api.id})` };
}

/** Finds one of a Data API's authentication providers. @throws {OperateError} NOT_FOUND, AMBIGUOUS */
export async function findAuthProvider(
  { signal, directions }: OperateContext,
  { aura, instance, api, label }: FoundDataApi,
  named: string,
): Promise<AuthProvider> {
  const all = await aura.dataApis.authProviders.list(instance.id, api.id, { signal });
  return pickNamed({
    kind: "authentication provider",
    all,
    named,
    place: label,
    hint: `${
      directions.dataApis.listAuth({ api: api.id, instance: instance.id })
    } shows what there is`,
  });
}
