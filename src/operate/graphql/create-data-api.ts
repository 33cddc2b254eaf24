/**
 * Sends what makes an API key for a Data API so that neither it nor the key is lost without a word.
 *
 * @module
 */
import type {
  AuthProvider,
  CreatedDataApi,
  DataApiSummary,
  NewAuthProvider,
  NewDataApi,
} from "../../aura/data-api.ts";
import type { Instance } from "../../aura/instance.ts";
import { sendOnce } from "../calls/send-once.ts";
import type { OperateContext } from "../context.ts";
import { instanceLabel } from "../instances/instance-label.ts";
import { OperateError } from "../operate-error.ts";
import { saveKey } from "../secrets/save-key.ts";

/** What was made, and where its key is: undefined where it has none. */
export interface MadeWithFile<Made> {
  readonly made: Made;
  readonly path: string | undefined;
}

/**
 * Opens the file, creates the Data API, and writes its key.
 *
 * @throws {OperateError} FILE when nothing was sent, or when the key could not be kept; UNCONFIRMED when it may exist
 */
export async function createDataApi(
  context: OperateContext,
  instance: Instance,
  body: NewDataApi,
  credentialsOut: string | undefined,
): Promise<MadeWithFile<CreatedDataApi>> {
  const { directions } = context;
  const { dataApis } = await context.aura();
  context.signal.throwIfAborted();
  const wanted = body.security.authentication_providers.find(({ type }) => type === "api-key");
  const place = wanted &&
    await context.secrets.open({ kind: "key", name: body.name, path: credentialsOut });
  const created = await sendOnce(context, {
    waitsFor: "Waiting for the answer, which alone has the key",
    place,
    send: (signal) => dataApis.create(instance.id, body, { signal }),
    unconfirmed: (cause) =>
      new OperateError(
        "UNCONFIRMED",
        `Cannot tell whether Data API "${body.name}" was created: Aura gave no answer that says so. ` +
          "It may exist; its key would be unknown",
        `look for it with ${directions.dataApis.list(instance.id)}, and delete it there ` +
          "before you create it again",
        { cause },
      ),
  });
  if (wanted !== undefined && place !== undefined) {
    const made = created.authentication_providers.find(({ key }) => key !== undefined);
    await saveKey(context, place, created, made ?? { name: wanted.name });
  }
  return { made: created, path: place?.path };
}

/** Opens the file, adds the provider, and writes its key. @throws {OperateError} FILE, UNCONFIRMED, as above */
export async function addAuthProvider(
  context: OperateContext,
  { instance, api }: { readonly instance: Instance; readonly api: DataApiSummary },
  provider: NewAuthProvider,
  credentialsOut: string | undefined,
): Promise<MadeWithFile<AuthProvider>> {
  const { directions } = context;
  const { dataApis } = await context.aura();
  context.signal.throwIfAborted();
  const place = provider.type === "api-key"
    ? await context.secrets.open({
      kind: "key",
      name: `${api.name}-${provider.name}`,
      path: credentialsOut,
    })
    : undefined;
  const made = await sendOnce(context, {
    waitsFor: "Waiting for the answer, which alone has the key",
    place,
    send: (signal) => dataApis.authProviders.create(instance.id, api.id, provider, { signal }),
    unconfirmed: (cause) =>
      new OperateError(
        "UNCONFIRMED",
        `Cannot tell whether authentication provider "${provider.name}" was added to Data API ` +
          `${api.name} (${api.id}) of ${instanceLabel(instance)}: Aura gave no answer that says so`,
        `look for it with ${
          directions.dataApis.listAuth({ api: api.id, instance: instance.id })
        }, and remove it there before you add it again`,
        { cause },
      ),
  });
  if (place !== undefined) await saveKey(context, place, api, made);
  return { made, path: place?.path };
}
