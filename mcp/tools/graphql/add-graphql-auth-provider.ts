/**
 * `add_graphql_auth_provider`
 *
 * @module
 */
import { z } from "zod";
import type { AuthProvider, NewAuthProvider } from "../../../src/aura/data-api.ts";
import type { FoundDataApi } from "../../../src/operate/graphql/find-data-api.ts";
import type { ToolCall } from "../../call.ts";
import { INSTANCE } from "../arguments.ts";
import { defineTool, type Tool } from "../../tool.ts";
import { API, JWKS_URL } from "./graphql-arguments.ts";

export const addGraphqlAuthProvider: Tool = defineTool({
  name: "add_graphql_auth_provider",
  title: "Add GraphQL auth provider",
  description:
    "Lets more callers use a GraphQL API: by a new API key, which goes to a file and is never shown, or by tokens that an identity provider signs (jwks). The others stay. Also replaces a key that was lost.",
  toolset: "graphql",
  access: "write",
  effects: { destructive: false, idempotent: false, openWorld: true },
  undone: "No auth provider was added.",
  input: z.strictObject({
    instance: INSTANCE,
    api: API,
    name: z.string().min(1).max(100).describe('A new name, such as "ci"'),
    type: z.enum(["api-key", "jwks"]).describe("api-key makes a key"),
    jwks_url: JWKS_URL,
  }),
  output: z.object({
    id: z.string(),
    name: z.string(),
    type: z.string(),
    enabled: z.boolean().optional(),
    url: z.string().optional(),
    credentials_file: z.string().optional(),
  }),
  async run(call, { instance, api, name, type, jwks_url }) {
    const [{ findDataApi }, { newProvider }, { OperateError }, { oneAtATime }] = await Promise
      .all([
        import("../../../src/operate/graphql/find-data-api.ts"),
        import("../../../src/operate/graphql/new-provider.ts"),
        import("../../../src/operate/operate-error.ts"),
        import("../one-at-a-time.ts"),
      ]);
    const wanted = newProvider({ type, name, url: jwks_url }, call.directions);
    const found = await findDataApi(call, { api, instance });
    return await oneAtATime(found.aura, ["auth-provider", found.instance.id, found.api.id, name], {
      busy: () =>
        Promise.resolve(
          new OperateError(
            "CONFLICT",
            `Cannot add auth provider "${name}": another call is adding it to ${found.label}`,
            "get_graphql_api shows it then",
          ),
        ),
      make: () => addTo(call, found, wanted),
    });
  },
});

/** Adds it, unless it is there. @throws {OperateError} CONFLICT where another one has its name */
async function addTo(
  call: ToolCall,
  found: FoundDataApi,
  wanted: NewAuthProvider,
): Promise<Added> {
  const [{ addAuthProvider }, { OperateError }] = await Promise.all([
    import("../../../src/operate/graphql/create-data-api.ts"),
    import("../../../src/operate/operate-error.ts"),
  ]);
  const { name } = wanted;
  const { authProviders } = found.aura.dataApis;
  const ids = [found.instance.id, found.api.id] as const;
  const { signal } = call;
  const all = await authProviders.list(...ids, { signal });
  const same = all.find((provider) => provider.name === name);
  if (same !== undefined) {
    const there = await authProviders.get(...ids, same.id, { signal });
    if (wanted.type === "jwks" && there.type === "jwks" && there.url === wanted.url) {
      call.note(`${found.label} has it already; nothing was sent`);
      return providerView(there);
    }
    throw new OperateError(
      "CONFLICT",
      `Cannot add auth provider "${name}": ${found.label} has one of that name (${same.type}), ` +
        "whose key, if it has one, is never shown again",
      "choose another name",
    );
  }
  const { made, path } = await addAuthProvider(call, found, wanted, undefined);
  return {
    ...providerView(made),
    credentials_file: path,
    next_step: "get_graphql_api shows when it is ready, and the new provider works",
  };
}

interface Added {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly enabled: boolean | undefined;
  readonly url: string | undefined;
  readonly credentials_file?: string | undefined;
  readonly next_step?: string;
}

function providerView({ id, name, type, enabled, url }: AuthProvider): Added {
  return { id, name, type, enabled, url };
}
