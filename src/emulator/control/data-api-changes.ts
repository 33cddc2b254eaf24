/**
 * Creating and changing a Data API: what is taken at once, and what comes of it later.
 *
 * @module
 */
import type { Fleet } from "../fleet.ts";
import type { EmulatedInstance } from "../instance.ts";
import type { AuthProvider, DataApiEnd, DataApiRecord } from "./data-api.ts";
import { dataApiSummary, providerBody } from "./data-api-bodies.ts";
import { busyDataApi, unknownDataApi } from "./data-api-errors.ts";
import { dataApiKey } from "./data-api-key.ts";
import {
  decodeTypeDefinitions,
  type ProviderRequest,
  readCreateDataApi,
  readPatchDataApi,
} from "./data-api-requests.ts";
import { type DataApiProblem, problemsOf } from "./data-api-type-defs.ts";
import type { DataApis } from "./data-apis.ts";
import { notSupported, unknownInstance } from "./error-bodies.ts";

interface Surroundings {
  readonly fleet: Fleet;
  readonly dataApis: DataApis;
  /** The body of the request. */
  readonly text: string;
  readonly origin: string;
}

/** A provider, and the answer that alone shows its key. */
export interface NewProvider {
  readonly provider: AuthProvider;
  readonly body: Record<string, unknown>;
}

/** `POST …/data-apis/graphql` */
export async function createDataApi(
  { fleet, dataApis, text, origin, instance }: Surroundings & {
    readonly instance: EmulatedInstance;
  },
): Promise<Response> {
  if (instance.isFree) {
    return notSupported(400, "GraphQL Data APIs are not available for Free instances");
  }
  const body = readCreateDataApi(text, fleet.settings.answers?.dataApiCredentials ?? "either");
  if (body instanceof Response) return body;
  const problems = await problemsIn(body.type_definitions);
  // It may have been deleted meanwhile.
  if (fleet.get(instance.id) === undefined) return unknownInstance(instance.id);
  const providers = body.security.authentication_providers.map(newProvider);
  const record = dataApis.add({
    instanceId: instance.id,
    name: body.name,
    typeDefinitions: body.type_definitions,
    subgraph: body.features?.subgraph ?? false,
    allowedOrigins: body.security.cors_policy?.allowed_origins ?? [],
    providers: providers.map(({ provider }) => provider),
  }, problems.length === 0 ? { status: "ready", problems } : { status: "error", problems });
  return Response.json({
    data: {
      ...dataApiSummary(record, origin),
      authentication_providers: providers.map(({ body }) => body),
    },
  }, { status: 202 });
}

/** `PATCH …/data-apis/graphql/{id}`: the list of origins takes the place of the one before. */
export async function patchDataApi(
  { fleet, dataApis, text, origin, record }: Surroundings & { readonly record: DataApiRecord },
): Promise<Response> {
  const { answers = {} } = fleet.settings;
  const patch = readPatchDataApi(text, answers.dataApiCredentials ?? "either");
  if (patch instanceof Response) return patch;
  const { name, type_definitions: typeDefinitions, features, security } = patch;
  const problems = typeDefinitions === undefined ? undefined : await problemsIn(typeDefinitions);
  const refusal = refusalOfChange(fleet, record);
  if (refusal !== undefined) return refusal;
  const end = endOfUpdate(record);
  record.name = name ?? record.name;
  record.subgraph = features?.subgraph ?? record.subgraph;
  record.allowedOrigins = security?.cors_policy?.allowed_origins ?? record.allowedOrigins;
  if (typeDefinitions === undefined || problems === undefined) {
    dataApis.begin(record, "updating", end);
  } else {
    record.typeDefinitions = typeDefinitions;
    // What was wrong before says nothing of these.
    record.problems = [];
    const { dataApiBadUpdate = "ready" } = answers;
    const status = problems.length === 0 ? "ready" : dataApiBadUpdate;
    dataApis.begin(record, "updating", { status, problems });
  }
  return Response.json({ data: dataApiSummary(record, origin) }, { status: 202 });
}

/** Makes a provider; one with a key shows it in its body, and nowhere else. */
export function newProvider({ type, name, enabled, url }: ProviderRequest): NewProvider {
  const provider: AuthProvider = {
    id: crypto.randomUUID(),
    type,
    name,
    enabled,
    ...(url === undefined ? {} : { url }),
  };
  const body = providerBody(provider);
  return { provider, body: type === "api-key" ? { ...body, key: dataApiKey() } : body };
}

/** Why a Data API cannot be changed now, if it cannot. */
export function refusalOfChange(fleet: Fleet, { id, status }: DataApiRecord): Response | undefined {
  const { dataApiUpdating = 409 } = fleet.settings.answers ?? {};
  if (status === "ready" || status === "error") return undefined;
  if (status === "updating" && dataApiUpdating === 202) return undefined;
  return status === "deleting" ? unknownDataApi(id) : busyDataApi(status);
}

/** What an update ends in that leaves the type definitions as they are. */
export function endOfUpdate({ status, problems, end }: DataApiRecord): DataApiEnd {
  return end ?? { status: status === "error" ? "error" : "ready", problems };
}

async function problemsIn(typeDefinitions: string): Promise<readonly DataApiProblem[]> {
  return await problemsOf(decodeTypeDefinitions(typeDefinitions) ?? "");
}
