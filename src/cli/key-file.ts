/**
 * The file for an API key of a Data API, which is shown only once.
 *
 * @module
 */
import type { AuthProvider, DataApiSummary } from "../aura/data-api.ts";
import { CliError } from "./cli-error.ts";
import type { Context } from "./context.ts";
import { plainText } from "./plain-text.ts";
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
    description: "Print the key too, once, on a terminal only",
  },
} as const;

/** Opens the file before the call that makes the key. @throws {CliError} FILE; nothing has been sent then */
export async function openKeyFile(
  context: Context,
  path: string | undefined,
  name: string,
): Promise<SecretFile> {
  const day = new Date().toISOString().slice(0, 10);
  const safe = name.replace(/[^\w.-]+/g, "-");
  return await openSecretFile(path ?? `${context.io.cwd}/aura-graphql-${safe}-${day}.txt`);
}

/** Writes the keys, and says where they are. */
export async function saveKeys(
  context: Context,
  file: SecretFile,
  api: DataApiSummary,
  providers: readonly AuthProvider[],
  showPassword: boolean,
): Promise<void> {
  const keys = providers.filter(({ key }) => key !== undefined);
  if (keys.length === 0) return await file.discard();
  const lines = [
    `# Data API ${plainText(api.name)} (${api.id}); the key is shown only once`,
    `AURA_GRAPHQL_API_ID=${api.id}`,
    `AURA_GRAPHQL_URL=${api.url ?? ""}`,
    ...keys.flatMap(({ name, key }) => [
      `# Authentication provider ${plainText(name)}: send it as the header x-api-key`,
      `AURA_GRAPHQL_API_KEY=${key?.reveal() ?? ""}`,
    ]),
  ];
  try {
    await file.write(`${lines.join("\n")}\n`);
  } catch (error) {
    throw new CliError(
      "FILE",
      `Cannot keep the key of Data API ${api.name} (${api.id}): ${file.path} cannot be written`,
      "the Data API is there; add another key with aura-wake graphql auth add",
      { cause: error },
    );
  }
  context.note(`The key is in ${file.path}`);
  if (showPassword && context.io.stdout.isTty) {
    for (const { name, key } of keys) {
      context.io.stderr.write(`${plainText(name)}: ${key?.reveal() ?? ""}\n`);
    }
  }
}
