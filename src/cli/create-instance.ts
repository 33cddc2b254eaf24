/**
 * Sends the creation of an instance so that neither the instance nor its password is lost without a word.
 *
 * @module
 */
import type { AuraApiError } from "../aura/errors.ts";
import type { CreatedInstance, NewInstance } from "../aura/instance.ts";
import { classify } from "../wake/classify.ts";
import { CliError } from "./cli-error.ts";
import type { Context } from "./context.ts";
import { graceSignal } from "./grace.ts";
import { type InstanceFile, openInstanceFile, saveInstance } from "./instance-file.ts";

/** The instance, and where its password is. */
export interface CreatedWithFile {
  readonly created: CreatedInstance;
  readonly path: string;
}

/**
 * Opens the file, creates the instance, and writes the password.
 *
 * @throws {CliError} FILE when nothing was sent, or when the password could not be kept; UNCONFIRMED when it may exist
 */
export async function createInstance(
  context: Context,
  body: NewInstance,
  credentialsOut: string | undefined,
): Promise<CreatedWithFile> {
  const { instances } = await context.aura();
  const { signal } = context;
  signal.throwIfAborted();
  const file = await openInstanceFile(context, credentialsOut, body.name);
  let created: CreatedInstance;
  try {
    created = await instances.create(body, {
      signal: graceSignal(context, "Waiting for the password of the new instance"),
    });
  } catch (error) {
    await discard(file);
    throw mayHaveArrived(error, signal) ? unconfirmed(body, error) : error;
  }
  return { created, path: await saveInstance(context, file, created) };
}

/** It is empty: that it stays is no reason to hide what went wrong. */
async function discard({ file }: InstanceFile): Promise<void> {
  await file.discard().catch(() => {});
}

/** Whether Aura may have created it although it did not say so. */
function mayHaveArrived(error: unknown, signal: AbortSignal): boolean {
  const { code, status = 0, signIn, url = "" } = Object(error) as
    & Partial<Omit<AuraApiError, "code">>
    & { readonly code?: string };
  if (code === "AURA_API") return signIn !== true && (status < 400 || status >= 500);
  if (code !== "AURA_UNREACHABLE") return signal.aborted;
  return !url.endsWith("/oauth/token") && classify((error as Error).cause).reached !== "no";
}

function unconfirmed({ name, tenant_id }: NewInstance, cause: unknown): CliError {
  return new CliError(
    "UNCONFIRMED",
    `Cannot tell whether instance "${name}" was created: Aura gave no answer that says so. ` +
      "It may exist and be billed; its password would be unknown",
    `look for it with aura-wake instances list --project ${tenant_id}, and delete it there ` +
      "before you create it again",
    { cause },
  );
}
