/**
 * Sends the creation of an instance so that neither the instance nor its password is lost without a word.
 *
 * @module
 */
import type { CreatedInstance, NewInstance } from "../../aura/instance.ts";
import { sendOnce } from "../calls/send-once.ts";
import type { OperateContext } from "../context.ts";
import { OperateError } from "../operate-error.ts";
import { saveInstance } from "../secrets/save-instance.ts";

/** The instance, and where its password is. */
export interface CreatedWithFile {
  readonly created: CreatedInstance;
  readonly path: string;
}

/**
 * Opens the file, creates the instance, and writes the password.
 *
 * @throws {OperateError} FILE when nothing was sent, or when the password could not be kept; UNCONFIRMED when it may exist
 */
export async function createInstance(
  context: OperateContext,
  body: NewInstance,
  credentialsOut: string | undefined,
): Promise<CreatedWithFile> {
  const { instances } = await context.aura();
  context.signal.throwIfAborted();
  const place = await context.secrets.open({
    kind: "instance",
    name: body.name,
    path: credentialsOut,
  });
  const created = await sendOnce(context, {
    waitsFor: "Waiting for the password of the new instance",
    place,
    send: (signal) => instances.create(body, { signal }),
    unconfirmed: (cause) => unconfirmed(context, body, cause),
  });
  return { created, path: await saveInstance(context, place, created) };
}

function unconfirmed(
  { directions }: OperateContext,
  { name, tenant_id }: NewInstance,
  cause: unknown,
): OperateError {
  return new OperateError(
    "UNCONFIRMED",
    `Cannot tell whether instance "${name}" was created: Aura gave no answer that says so. ` +
      "It may exist and be billed; its password would be unknown",
    `look for it with ${directions.instances.list(tenant_id)}, and delete it there ` +
      "before you create it again",
    { cause },
  );
}
