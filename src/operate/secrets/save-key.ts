/**
 * Keeps an API key of a Data API, which is shown only once.
 *
 * @module
 */
import type { AuthProvider, DataApiSummary } from "../../aura/data-api.ts";
import type { OperateContext } from "../context.ts";
import { OperateError } from "../operate-error.ts";
import { plainText } from "../text/plain-text.ts";
import type { SecretPlace } from "./secret-place.ts";

/** Writes the key of the provider that was made, and says where it is. @throws {OperateError} FILE, FAILED: it is lost */
export async function saveKey(
  context: OperateContext,
  place: SecretPlace,
  api: DataApiSummary,
  { name, key }: Pick<AuthProvider, "name" | "key">,
): Promise<void> {
  const label = `Data API ${api.name} (${api.id})`;
  const another = `the key is lost, and can be replaced: ${
    context.directions.dataApis.addAuth(api.id)
  }`;
  if (key === undefined) {
    await place.discard().catch(() => {});
    throw new OperateError(
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
    await place.write(`${lines.join("\n")}\n`);
  } catch (error) {
    await place.discard().catch(() => {});
    throw new OperateError(
      "FILE",
      `Cannot write ${place.path}: ${
        (Object(error) as { code?: string }).code ?? "unknown trouble"
      }; the key "${name}" of ${label} was made`,
      another,
      { cause: error },
    );
  }
  context.note(`The key is in ${place.path}`);
}
