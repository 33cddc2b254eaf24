/**
 * Finds the GraphQL Data API that a person means: by id, or by its exact name.
 *
 * @module
 */
import type { Aura } from "../aura/aura.ts";
import type { AuthProvider, DataApiSummary } from "../aura/data-api.ts";
import type { Instance } from "../aura/instance.ts";
import { CliError } from "./cli-error.ts";
import type { Context } from "./context.ts";
import { nearest } from "./nearest.ts";

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
  const api = pickNamed(`Data API`, `instance ${instance.name} (${instance.id})`, all, named);
  return { aura, instance, api, label: `Data API ${api.name} (${api.id})` };
}

/** Finds one of a Data API's authentication providers. @throws {CliError} NOT_FOUND, AMBIGUOUS */
export async function findAuthProvider(
  { aura, instance, api, label }: FoundDataApi,
  named: string,
  signal: AbortSignal,
): Promise<AuthProvider> {
  const all = await aura.dataApis.authProviders.list(instance.id, api.id, { signal });
  return pickNamed("authentication provider", label, all, named);
}

function pickNamed<Item extends { readonly id: string; readonly name: string }>(
  kind: string,
  place: string,
  all: readonly Item[],
  named: string,
): Item {
  const found = all.filter(({ id, name }) => id === named || name === named);
  const [first, second] = found;
  if (first !== undefined && second === undefined) return first;
  if (first !== undefined) {
    throw new CliError(
      "AMBIGUOUS",
      `Cannot tell which ${kind} is meant: ${found.length} of ${place} are named "${named}"`,
      `use an id: ${found.map(({ id }) => id).join(", ")}`,
    );
  }
  const [close] = nearest(named, all.flatMap(({ name, id }) => [name, id]));
  const there = all.map(({ name, id }) => `${name} (${id})`).join(", ");
  throw new CliError(
    "NOT_FOUND",
    `Cannot find ${kind} "${named}" of ${place}`,
    close === undefined
      ? all.length === 0 ? "there is none; make one first" : `there is ${there}`
      : `did you mean "${close}"?`,
  );
}
