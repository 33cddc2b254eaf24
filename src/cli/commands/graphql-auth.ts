/**
 * `aura-wake graphql auth list`, `add` and `remove`
 *
 * @module
 */
import type { AuthProvider } from "../../aura/data-api.ts";
import { addAuthProvider } from "../../operate/graphql/create-data-api.ts";
import { waitForDataApi } from "../../operate/graphql/data-api-wait.ts";
import {
  findAuthProvider,
  findDataApi,
  type FoundDataApi,
} from "../../operate/graphql/find-data-api.ts";
import { newProvider } from "../../operate/graphql/new-provider.ts";
import { type Command, defineCommand } from "../command.ts";
import type { Context } from "../context.ts";
import { DATA_API_ARGS } from "../graphql/data-api-args.ts";
import { confirm, YES_FLAG } from "../input/confirm.ts";
import { readTimeout, WAIT_FLAGS } from "../input/wait-flags.ts";
import type { Cell } from "../output/table.ts";
import { KEY_FLAGS } from "../secrets/secret-flags.ts";
import { checkShown, showSecret } from "../secrets/show-secret.ts";

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
    url: {
      type: "string",
      description: "Where the signing keys are (for jwks only, and needed there)",
    },
    disabled: { type: "boolean", description: "Do not accept it yet (default: accept it)" },
    ...KEY_FLAGS,
    ...WAIT_FLAGS,
  },
  async run(context, values) {
    const isShown = checkShown(context, values["show-password"], "key");
    const { name, url, disabled } = values;
    const type = values.type === "jwks" ? "jwks" : "api-key";
    const provider = newProvider({ type, name, url, enabled: !disabled }, context.directions);
    const found = await findDataApi(context, values);
    const out = values["credentials-out"];
    const { made, path } = await addAuthProvider(context, found, provider, out);
    if (isShown) showSecret(context, "Key", made.key);
    // Before any wait: this is the only time that it is told.
    const known = { ...made, ...path === undefined ? {} : { credentials_file: path } };
    context.print.one(known, { ...providerFields(made), "key in": path });
    if (values.wait) await waitUntilServed(context, found, values.timeout);
  },
});

/** Removes a provider: who signs in by it is locked out. */
export const graphqlAuthRemove: Command = defineCommand({
  args: {
    ...DATA_API_ARGS,
    provider: { type: "positional", description: "The provider's id or exact name" },
    ...YES_FLAG,
    ...WAIT_FLAGS,
  },
  async run(context, { provider: named, yes, wait, timeout, ...values }) {
    const found = await findDataApi(context, values);
    const { aura, instance, api, label } = found;
    const { signal } = context;
    const provider = await findAuthProvider(context, found, named);
    const action = `remove authentication provider ${provider.name} (${provider.id}) of ${label}`;
    await confirm(context, { action, name: provider.name, yes });
    const { authProviders } = aura.dataApis;
    const removed = await authProviders.delete(instance.id, api.id, provider.id, { signal }) ??
      provider;
    if (wait) await waitUntilServed(context, found, timeout);
    context.print.one(removed, providerFields(removed));
  },
});

/** A change of its providers is one of the Data API. */
async function waitUntilServed(
  context: Context,
  found: FoundDataApi,
  timeout: string | undefined,
): Promise<void> {
  await waitForDataApi(context, found, "ready", {
    operation: "update",
    timeoutMs: readTimeout(timeout),
    justAccepted: true,
  });
}

function providerFields({ id, name, type, enabled, url }: AuthProvider): Record<string, Cell> {
  return { id, name, type, enabled, url };
}
