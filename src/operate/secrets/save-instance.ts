/**
 * Keeps the password of a new instance, which is shown only once.
 *
 * @module
 */
import type { CreatedInstance } from "../../aura/instance.ts";
import { formatCredentialsFile } from "../../config/credentials-file.ts";
import type { Secret } from "../../secret.ts";
import type { OperateContext } from "../context.ts";
import { instanceLabel } from "../instances/instance-label.ts";
import { OperateError } from "../operate-error.ts";
import type { SecretPlace } from "./secret-place.ts";

/** Writes the password, and says where it is. @throws {OperateError} FILE with what became of the password, FAILED */
export async function saveInstance(
  { directions, secrets }: Pick<OperateContext, "directions" | "secrets">,
  place: SecretPlace,
  created: CreatedInstance,
): Promise<string> {
  const again = `${directions.instances.delete(created.id)}, then create it again`;
  // An answer without it is none that the API describes, but the instance is there.
  if ((created.password as Secret | undefined) === undefined) {
    await place.discard().catch(() => {});
    throw new OperateError(
      "FAILED",
      `Cannot tell the password of ${instanceLabel(created)}: it was created, ` +
        "but Aura's answer has no password",
      again,
    );
  }
  const text = formatCredentialsFile(created);
  try {
    await place.write(text);
  } catch (error) {
    await place.discard().catch(() => {});
    const { id, password: secret } = created;
    const rescued = await secrets.rescue?.({ id, text, secret }).catch(() => undefined);
    throw new OperateError(
      "FILE",
      `Cannot write ${place.path}: ${
        (Object(error) as { code?: string }).code ?? "unknown trouble"
      }; instance ${instanceLabel(created)} was created`,
      rescued ?? `its password is lost: ${again}`,
      { cause: error },
    );
  }
  // It is kept, whatever it is called.
  return await place.rename?.(created.id).catch(() => undefined) ?? place.path;
}
