/**
 * Sends the creation of an instance so that neither the instance nor its password is lost without a word.
 *
 * @module
 */
import type { CreatedInstance, NewInstance } from "../../aura/instance.ts";
import { CliError } from "../cli-error.ts";
import type { Context } from "../context.ts";
import { openInstanceFile, saveInstance } from "../secrets/instance-file.ts";
import { sendOnce } from "../calls/send-once.ts";

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
  context.signal.throwIfAborted();
  const file = await openInstanceFile(context, credentialsOut, body.name);
  const created = await sendOnce(context, {
    waitsFor: "Waiting for the password of the new instance",
    file: file.file,
    send: (signal) => instances.create(body, { signal }),
    unconfirmed: (cause) => unconfirmed(body, cause),
  });
  return { created, path: await saveInstance(context, file, created) };
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
