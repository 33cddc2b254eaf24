/**
 * `aura-wake graphql auth list`, `add` and `remove`
 *
 * @module
 */
import type { AuthProvider, NewAuthProvider } from "../../aura/data-api.ts";
import { CliError } from "../cli-error.ts";
import { type Command, defineCommand } from "../command.ts";
import { confirm, YES_FLAG } from "../confirm.ts";
import { DATA_API_ARGS, findAuthProvider, findDataApi } from "../find-data-api.ts";
import { KEY_FLAGS, openKeyFile, saveKeys } from "../key-file.ts";
import type { Cell } from "../table.ts";

/** Lists who may call a Data API. */
export const graphqlAuthList: Command = defineCommand({
  args: DATA_API_ARGS,
  async run(context, named) {
    const { aura, instance, api, label } = await findDataApi(context, named);
    const { signal } = context;
    const all = await aura.dataApis.authProviders.list(instance.id, api.id, { signal });
    context.print.list(all, {
      ID: ({ id }) => id,
      NAME: ({ name }) => name,
      TYPE: ({ type }) => type,
      ENABLED: ({ enabled }) => enabled,
      URL: ({ url }) => url,
    }, `${label} has no authentication provider`);
  },
});

/** Adds an API key, or keys that sign tokens. */
export const graphqlAuthAdd: Command = defineCommand({
  args: {
    ...DATA_API_ARGS,
    type: {
      type: "enum",
      options: ["api-key", "jwks"],
      required: true,
      description: "A key that Aura makes, or tokens that somebody else signs",
    },
    name: { type: "string", required: true, description: "What it is called" },
    url: { type: "string", description: "Where the signing keys are (jwks only)" },
    disabled: { type: "boolean", description: "Do not accept it yet" },
    ...KEY_FLAGS,
  },
  async run(context, values) {
    const provider = readProvider(values.type, values.name, values.url, !values.disabled);
    const { aura, instance, api } = await findDataApi(context, values);
    const file = provider.type === "api-key"
      ? await openKeyFile(context, values["credentials-out"], `${api.name}-${provider.name}`)
      : undefined;
    let made;
    try {
      const { signal } = context;
      made = await aura.dataApis.authProviders.create(instance.id, api.id, provider, { signal });
    } catch (error) {
      await file?.discard();
      throw error;
    }
    if (file) await saveKeys(context, file, api, [made], values["show-password"]);
    context.print.one(made, providerFields(made));
  },
});

/** Removes a provider: who signs in by it is locked out. */
export const graphqlAuthRemove: Command = defineCommand({
  args: {
    ...DATA_API_ARGS,
    provider: { type: "positional", description: "The provider's id or exact name" },
    ...YES_FLAG,
  },
  async run(context, { provider: named, yes, ...values }) {
    const found = await findDataApi(context, values);
    const { aura, instance, api, label } = found;
    const { signal } = context;
    const provider = await findAuthProvider(found, named, signal);
    const action = `remove authentication provider ${provider.name} (${provider.id}) of ${label}`;
    await confirm(context, { action, name: provider.name, yes });
    const { authProviders } = aura.dataApis;
    const removed = await authProviders.delete(instance.id, api.id, provider.id, { signal }) ??
      provider;
    context.print.one(removed, providerFields(removed));
  },
});

function readProvider(
  type: string,
  name: string,
  url: string | undefined,
  enabled: boolean,
): NewAuthProvider {
  if (type === "api-key") {
    if (url === undefined) return { type, name, enabled };
    throw usage("--url is for --type jwks only");
  }
  if (!/^https:\/\//.test(url ?? "")) {
    throw usage("--type jwks needs --url with an https:// address");
  }
  return { type: "jwks", name, enabled, url: url ?? "" };
}

function usage(what: string): CliError {
  return new CliError("USAGE", `Cannot read the arguments: ${what}`);
}

function providerFields({ id, name, type, enabled, url }: AuthProvider): Record<string, Cell> {
  return { id, name, type, enabled, url };
}
