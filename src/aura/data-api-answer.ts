/**
 * Reads what the API answers about a GraphQL Data API: problems stand beside the data, schemas are encoded, keys are secret.
 *
 * @module
 */
import { decodeText } from "./base64-text.ts";
import type { AuthProvider, CreatedDataApi, DataApi, DataApiSummary } from "./data-api.ts";
import { parseErrorBody } from "./error-body.ts";
import { asSecret } from "../secret.ts";
import { withoutSecrets } from "./send.ts";
import { spellings } from "./spellings.ts";

/** A whole answer. */
export interface DataApiAnswer {
  readonly data: DataApiSummary;
  readonly errors?: unknown;
}

/** A provider as the API answers it. */
export interface AuthProviderAnswer {
  readonly id: string;
  readonly key?: unknown;
  readonly [field: string]: unknown;
}

/** A Data API with the problems told beside it, in which the given secrets do not show. */
export function readDataApi(
  { data, errors }: DataApiAnswer,
  secrets: readonly string[] = [],
): DataApi {
  const schema = data["type_definitions"];
  return {
    ...data,
    ...(typeof schema === "string" ? { type_definitions: decodeText(schema) } : {}),
    errors: parseErrorBody(withoutSecrets(JSON.stringify({ errors }), secrets.flatMap(spellings))),
  };
}

/** A Data API with its providers, whose keys are shown this once. */
export function readCreatedDataApi(
  answer: DataApiAnswer,
  secrets: readonly string[],
): CreatedDataApi {
  const providers = answer.data["authentication_providers"];
  const list = Array.isArray(providers) ? providers as readonly AuthProviderAnswer[] : [];
  return { ...readDataApi(answer, secrets), authentication_providers: list.map(readProvider) };
}

/** A provider, its key as a secret. */
export function readProvider({ key, ...provider }: AuthProviderAnswer): AuthProvider {
  const secret = asSecret(key);
  return (secret ? { ...provider, key: secret } : provider) as AuthProvider;
}
