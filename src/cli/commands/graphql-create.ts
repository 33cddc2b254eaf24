/**
 * `aura-wake graphql create`
 *
 * @module
 */
import type { DataApi, NewAuthProvider, NewDataApi } from "../../aura/data-api.ts";
import { createDataApi } from "../../operate/graphql/create-data-api.ts";
import { dataApiAccount } from "../../operate/graphql/data-api-account.ts";
import { waitForDataApi } from "../../operate/graphql/data-api-wait.ts";
import { checkJwksUrl } from "../../operate/graphql/jwks-url.ts";
import { readOrigins } from "../../operate/graphql/origins.ts";
import { type Command, defineCommand } from "../command.ts";
import type { Context } from "../context.ts";
import { ACCOUNT_FLAGS } from "../graphql/account-flags.ts";
import { DATA_API_ARGS } from "../graphql/data-api-args.ts";
import { dataApiFields } from "../graphql/data-api-view.ts";
import { readTypeDefinitions, TYPES_FLAG } from "../graphql/type-definitions-file.ts";
import { readTimeout, WAIT_FLAGS } from "../input/wait-flags.ts";
import { KEY_FLAGS } from "../secrets/secret-flags.ts";
import { checkShown, showSecret } from "../secrets/show-secret.ts";

/** Creates a Data API; its key goes to a file that is open before anything is sent. */
export const graphqlCreate: Command = defineCommand({
  args: {
    instance: DATA_API_ARGS.instance,
    name: { type: "string", required: true, description: "What it is called" },
    types: { ...TYPES_FLAG, required: true },
    memory: {
      type: "enum",
      options: ["256MB", "512MB", "1024MB", "2048MB", "4096MB"],
      description: "Its size (default: Aura's own)",
    },
    ...ACCOUNT_FLAGS,
    "api-key": {
      type: "string",
      valueHint: "name",
      description:
        "Make an API key of this name (default: one named default, unless there is --jwks)",
    },
    jwks: {
      type: "string",
      valueHint: "url",
      description: "Accept tokens signed by the keys at this address (default: none)",
    },
    origins: {
      type: "string",
      valueHint: "origin,…",
      description: "Web pages that may call it, such as https://app.example.com (default: none)",
    },
    subgraph: {
      type: "boolean",
      description: "Serve a subgraph of Apollo Federation (default: off)",
    },
    ...KEY_FLAGS,
    ...WAIT_FLAGS,
  },
  async run(context, values) {
    const { wait, timeout } = values;
    const isShown = checkShown(context, values["show-password"], "key");
    const body = await newDataApi(context, values);
    const instance = await context.instance(values.instance);
    const out = values["credentials-out"];
    const { made: created, path } = await createDataApi(context, instance, body, out);
    if (isShown) {
      for (const { key } of created.authentication_providers) showSecret(context, "Key", key);
    }
    let now: DataApi | undefined;
    try {
      if (wait) {
        now = await waitForDataApi(context, { instance, api: created }, "ready", {
          sentTypes: true,
          operation: "creation",
          timeoutMs: readTimeout(timeout),
          justCreated: true,
        });
      }
    } catch (error) {
      now = (Object(error) as { last?: DataApi }).last;
      throw error;
    } finally {
      // Also when the wait ends badly: this is the only time that it is told.
      const known = { ...created, ...now, ...path === undefined ? {} : { credentials_file: path } };
      context.print.one(known, { ...dataApiFields(known), "key in": path });
    }
  },
});

/** What the flags say. */
interface Flags
  extends Readonly<Record<"memory" | "api-key" | "jwks" | "origins", string | undefined>> {
  readonly name: string;
  readonly types: string;
  readonly subgraph: boolean;
  readonly credentials: string | undefined;
  readonly "service-account": string | undefined;
}

/** Reads and checks all that is needed, and gives what to send. */
async function newDataApi(context: Context, flags: Flags): Promise<NewDataApi> {
  const { name, types, memory, origins, subgraph } = flags;
  const providers = providersOf(flags["api-key"], flags.jwks);
  const allowed = origins === undefined ? undefined : readOrigins(origins.split(","));
  return {
    name,
    type_definitions: await readTypeDefinitions(context, types),
    aura_instance: await dataApiAccount(context, {
      credentials: flags.credentials,
      serviceAccount: flags["service-account"],
    }) ?? { service_account: "read_write" },
    ...(memory && { memory }),
    ...(subgraph && { features: { subgraph } }),
    security: {
      authentication_providers: providers,
      ...(allowed && { cors_policy: { allowed_origins: allowed } }),
    },
  };
}

function providersOf(keyName: string | undefined, jwks: string | undefined): NewAuthProvider[] {
  const providers: NewAuthProvider[] = jwks === undefined
    ? []
    : [{ type: "jwks", name: "jwks", enabled: true, url: checkJwksUrl("--jwks", jwks) }];
  if (keyName === undefined && jwks !== undefined) return providers;
  return [{ type: "api-key", name: keyName ?? "default", enabled: true }, ...providers];
}
