/**
 * `aura-wake graphql create`
 *
 * @module
 */
import type { DataApi, NewAuthProvider, NewDataApi } from "../../aura/data-api.ts";
import { CliError } from "../cli-error.ts";
import { type Command, defineCommand } from "../command.ts";
import { ACCOUNT_FLAGS, readAccount } from "../data-api-account.ts";
import { dataApiFields } from "../data-api-view.ts";
import { DATA_API_ARGS } from "../find-data-api.ts";
import { KEY_FLAGS, openKeyFile, saveKeys } from "../key-file.ts";
import { readOrigins } from "../origins.ts";
import { readTypeDefinitions, TYPES_FLAG } from "../type-definitions-file.ts";
import { WAIT_FLAGS, waiting } from "../waiting.ts";

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
    jwks: { type: "string", valueHint: "url", description: "Accept tokens signed by these keys" },
    origins: {
      type: "string",
      valueHint: "origin,…",
      description: "Web pages that may call it, such as https://app.example.com (default: none)",
    },
    subgraph: { type: "boolean", description: "Serve a subgraph of Apollo Federation" },
    ...KEY_FLAGS,
    ...WAIT_FLAGS,
  },
  async run(context, values) {
    const { name, types, memory, jwks, origins, subgraph } = values;
    const { signal } = context;
    const providers = providersOf(values["api-key"], jwks);
    const body: NewDataApi = {
      name,
      type_definitions: await readTypeDefinitions(context, types),
      aura_instance: await readAccount(context, values) ?? { service_account: "read_write" },
      ...(memory && { memory }),
      ...(subgraph && { features: { subgraph } }),
      security: {
        authentication_providers: providers,
        ...(origins && { cors_policy: { allowed_origins: readOrigins(origins.split(",")) } }),
      },
    };
    const aura = await context.aura();
    const { id } = await context.instance(values.instance);
    const file = providers.some(({ type }) => type === "api-key")
      ? await openKeyFile(context, values["credentials-out"], name)
      : undefined;
    let created;
    try {
      created = await aura.dataApis.create(id, body, { signal });
    } catch (error) {
      await file?.discard();
      throw error;
    }
    if (file) {
      const { authentication_providers: made } = created;
      await saveKeys(context, file, created, made, values["show-password"]);
    }
    const label = `Data API ${name} (${created.id})`;
    const done = !values.wait ? created : await waiting(
      context,
      {
        what: `creation of ${label}`,
        goesOn: `Aura goes on with it; aura-wake graphql get ${created.id} shows how it ended`,
        timeout: values.timeout,
      },
      ({ status }: DataApi) => status,
      (options) =>
        aura.dataApis.waitFor(id, created.id, "ready", { ...options, justCreated: true }),
    );
    context.print.one({ ...created, ...done }, dataApiFields(done));
  },
});

function providersOf(keyName: string | undefined, jwks: string | undefined): NewAuthProvider[] {
  if (jwks !== undefined && !/^https:\/\//.test(jwks)) {
    throw new CliError(
      "USAGE",
      `Cannot read the arguments: --jwks must be an https:// address, got "${jwks}"`,
    );
  }
  const providers: NewAuthProvider[] = jwks === undefined
    ? []
    : [{ type: "jwks", name: "jwks", enabled: true, url: jwks }];
  if (keyName === undefined && jwks !== undefined) return providers;
  return [{ type: "api-key", name: keyName ?? "default", enabled: true }, ...providers];
}
