/**
 * The paths of a Data API's authentication providers. Each change lets the Data API be `updating` for a while.
 *
 * @see https://neo4j.com/docs/graphql/current/aura-graphql/
 * @module
 */
import type { Context, Hono } from "hono";
import type { Fleet } from "../fleet.ts";
import type { AuthProvider, DataApiRecord } from "./data-api.ts";
import { providerBody, providerSummary } from "./data-api-bodies.ts";
import { endOfUpdate, newProvider, refusalOfChange } from "./data-api-changes.ts";
import { unknownProvider } from "./data-api-errors.ts";
import { DATA_API_PATH, type DataApiOf } from "./data-api-path.ts";
import { readPatchProvider, readProvider } from "./data-api-requests.ts";
import type { DataApis } from "./data-apis.ts";
import { invalidBody } from "./read-body.ts";

/** What the paths stand on. */
export interface ProviderRouteOptions {
  readonly fleet: Fleet;
  readonly dataApis: DataApis;
  readonly dataApiOf: DataApiOf;
}

const LIST = `${DATA_API_PATH}/auth-providers` as const;
const ONE = `${LIST}/:providerId` as const;

/** Adds the paths. */
export function addProviderRoutes(api: Hono, options: ProviderRouteOptions): void {
  const { fleet, dataApis, dataApiOf } = options;

  function withProvider(
    c: Context,
    answer: (record: DataApiRecord, provider: AuthProvider) => Response,
  ): Response {
    const record = dataApiOf(c);
    if (record instanceof Response) return record;
    const id = c.req.param("providerId") ?? "";
    const provider = record.providers.find((each) => each.id === id);
    return provider === undefined ? unknownProvider(id) : answer(record, provider);
  }

  /** Carries out a change unless the Data API is busy, and answers with what it gives. */
  function change(record: DataApiRecord, carryOut: () => Record<string, unknown>): Response {
    const refusal = refusalOfChange(fleet, record);
    if (refusal !== undefined) return refusal;
    const end = endOfUpdate(record);
    const data = carryOut();
    dataApis.begin(record, "updating", end);
    return Response.json({ data }, { status: 202 });
  }

  api.get(LIST, (c) => {
    const record = dataApiOf(c);
    if (record instanceof Response) return record;
    return Response.json({ data: record.providers.map(providerSummary) });
  });

  api.post(LIST, async (c) => {
    const text = await c.req.text();
    const record = dataApiOf(c);
    if (record instanceof Response) return record;
    const wanted = readProvider(text);
    if (wanted instanceof Response) return wanted;
    return change(record, () => {
      const { provider, body } = newProvider(wanted);
      record.providers = [...record.providers, provider];
      return body;
    });
  });

  api.get(
    ONE,
    (c) => withProvider(c, (_record, provider) => Response.json({ data: providerBody(provider) })),
  );

  api.patch(ONE, async (c) => {
    const text = await c.req.text();
    return withProvider(c, (record, provider) => {
      const patch = readPatchProvider(text);
      if (patch instanceof Response) return patch;
      if (patch.url !== undefined && provider.type !== "jwks") {
        return invalidBody("url: is for providers of type jwks only", "url");
      }
      return change(record, () => {
        provider.name = patch.name ?? provider.name;
        provider.enabled = patch.enabled ?? provider.enabled;
        if (patch.url !== undefined) provider.url = patch.url;
        return providerBody(provider);
      });
    });
  });

  api.delete(ONE, (c) =>
    withProvider(c, (record, provider) =>
      change(record, () => {
        record.providers = record.providers.filter((each) => each !== provider);
        return providerBody(provider);
      })));
}
