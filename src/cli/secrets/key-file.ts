/**
 * The file for an API key of a Data API, which is shown only once.
 *
 * @module
 */
import { join, resolve } from "node:path";
import type { AuthProvider, DataApiSummary } from "../../aura/data-api.ts";
import { CliError } from "../cli-error.ts";
import type { Context } from "../context.ts";
import { plainText } from "../output/plain-text.ts";
import { openSecretFile, type SecretFile } from "./secret-file.ts";

/** The flags of every command that makes a key. */
export const KEY_FLAGS = {
  "credentials-out": {
    type: "string",
    valueHint: "file",
    description: "Where the key goes, readable by you alone (default: a new file in this folder)",
  },
  "show-password": {
    type: "boolean",
    description: "Print the key too, once; needs a terminal",
  },
} as const;

/** Opens the file before the call that makes the key. @throws {CliError} FILE; nothing has been sent then */
export async function openKeyFile(
  { io }: Context,
  path: string | undefined,
  name: string,
): Promise<SecretFile> {
  const safe = name.replace(/[^\p{L}\p{N}._-]+/gu, "-");
  // To the second, so that another key of the same name on the same day has a place too.
  const when = new Date(io.clock.now()).toISOString().slice(0, 19).replaceAll(":", "-");
  const file = `aura-graphql-${safe}-${when}.txt`;
  return await openSecretFile(path === undefined ? join(io.cwd, file) : resolve(io.cwd, path));
}

/** Writes the key of the provider that was made, and says where it is. @throws {CliError} FILE, FAILED: it is lost */
export async function saveKey(
  context: Context,
  file: SecretFile,
  api: DataApiSummary,
  { name, key }: Pick<AuthProvider, "name" | "key">,
): Promise<void> {
  const label = `Data API ${api.name} (${api.id})`;
  const another = `the key is lost, and can be replaced: aura-wake graphql auth add ${api.id}`;
  if (key === undefined) {
    await file.discard().catch(() => {});
    throw new CliError(
      "FAILED",
      `Cannot tell the key "${name}" of ${label}: it was made, but Aura's answer does not have it`,
      another,
    );
  }
  const lines = [
    `# ${plainText(label)}: the key "${
      plainText(name)
    }", which is shown only once, goes into the header x-api-key`,
    `AURA_GRAPHQL_API_ID=${api.id}`,
    `AURA_GRAPHQL_URL=${api.url ?? ""}`,
    `AURA_GRAPHQL_API_KEY=${key.reveal()}`,
  ];
  try {
    await file.write(`${lines.join("\n")}\n`);
  } catch (error) {
    await file.discard().catch(() => {});
    throw new CliError(
      "FILE",
      `Cannot write ${file.path}: ${
        (Object(error) as { code?: string }).code ?? "unknown trouble"
      }; the key "${name}" of ${label} was made`,
      another,
      { cause: error },
    );
  }
  context.note(`The key is in ${file.path}`);
}
