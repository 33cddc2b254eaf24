/**
 * The file for the password of a new instance, which is shown only once.
 *
 * @module
 */
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { CreatedInstance } from "../../aura/instance.ts";
import { formatCredentialsFile } from "../../config/credentials-file.ts";
import type { Secret } from "../../secret.ts";
import { CliError } from "../cli-error.ts";
import type { Context } from "../context.ts";
import { dayOf } from "../input/days.ts";
import { instanceLabel } from "../instances/instance-label.ts";
import { plainText } from "../output/plain-text.ts";
import { openSecretFile, type SecretFile } from "./secret-file.ts";

/** The flags of the command that makes a password. */
export const PASSWORD_FLAGS = {
  "credentials-out": {
    type: "string",
    valueHint: "file",
    description:
      "Where the password goes, readable by you alone (default: Neo4j-<id>-Created-<date>.txt in this folder)",
  },
  "show-password": {
    type: "boolean",
    description: "Print the password too, once; needs a terminal",
  },
} as const;

/** An open file, and what it shall be called when the id is known. */
export interface InstanceFile {
  readonly file: SecretFile;
  /** Undefined when the place was given. */
  readonly finalName: ((id: string) => string) | undefined;
}

/** Opens the file before the call that makes the password. @throws {CliError} FILE; nothing has been sent then */
export async function openInstanceFile(
  { io }: Context,
  path: string | undefined,
  name: string,
): Promise<InstanceFile> {
  if (path !== undefined) {
    return { file: await openSecretFile(resolve(io.cwd, path)), finalName: undefined };
  }
  const day = dayOf(io.clock.now());
  const finalName = (named: string): string => `Neo4j-${named}-Created-${day}.txt`;
  const safe = name.replace(/[^\p{L}\p{N}._]+/gu, "-");
  return { file: await openSecretFile(join(io.cwd, finalName(safe))), finalName };
}

/** Writes the password, and gives the place of the file. @throws {CliError} FILE with what became of the password */
export async function saveInstance(
  context: Context,
  { file, finalName }: InstanceFile,
  created: CreatedInstance,
): Promise<string> {
  // An answer without it is none that the API describes, but the instance is there.
  if ((created.password as Secret | undefined) === undefined) {
    await file.discard().catch(() => {});
    throw new CliError(
      "FAILED",
      `Cannot tell the password of ${instanceLabel(created)}: it was created, ` +
        "but Aura's answer has no password",
      `aura-wake instances delete ${created.id} --yes, then create it again`,
    );
  }
  const text = formatCredentialsFile(created);
  try {
    await file.write(text);
  } catch (error) {
    await file.discard().catch(() => {});
    throw new CliError(
      "FILE",
      `Cannot write ${file.path}: ${
        (Object(error) as { code?: string }).code ?? "unknown trouble"
      }; instance ${instanceLabel(created)} was created`,
      await elsewhere(context, text, created),
      { cause: error },
    );
  }
  return finalName === undefined ? file.path : await file.rename(finalName(created.id));
}

/** Saves what is known only here in some other way, and says in which. */
async function elsewhere(
  { io }: Context,
  text: string,
  { id, password }: CreatedInstance,
): Promise<string> {
  let file: SecretFile | undefined;
  try {
    file = await openSecretFile(join(tmpdir(), `Neo4j-${id}-Created.txt`));
    await file.write(text);
    return `its password is in ${file.path}: move it to a safe place`;
  } catch {
    await file?.discard().catch(() => {});
    if (!io.stderr.isTty) {
      return `its password is lost: aura-wake instances delete ${id} --yes, then create it again`;
    }
    io.stderr.write(`The password of ${id}, shown this once: ${plainText(password.reveal())}\n`);
    return "its password stands above: keep it";
  }
}
