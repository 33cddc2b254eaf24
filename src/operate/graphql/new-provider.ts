/**
 * A way to sign in to a Data API, as somebody wants it.
 *
 * @module
 */
import type { NewAuthProvider } from "../../aura/data-api.ts";
import type { Directions } from "../directions.ts";
import { OperateError } from "../operate-error.ts";
import { checkJwksUrl } from "./jwks-url.ts";

/** What is wanted. */
export interface ProviderChoice {
  readonly type: "api-key" | "jwks";
  readonly name: string;
  /** Where the signing keys are: of `jwks` only. */
  readonly url?: string | undefined;
  /** It is accepted. @default true */
  readonly enabled?: boolean;
}

/** Gives what to send. @throws {OperateError} USAGE when the address is missing, is no https, or belongs to nothing */
export function newProvider(
  { type, name, url, enabled = true }: ProviderChoice,
  { field }: Pick<Directions, "field">,
): NewAuthProvider {
  if (type === "jwks" && url !== undefined) {
    return { type, name, enabled, url: checkJwksUrl(field("url"), url) };
  }
  if (type === "api-key" && url === undefined) return { type, name, enabled };
  throw new OperateError(
    "USAGE",
    type === "jwks"
      ? `Cannot read the arguments: jwks needs ${
        field("url")
      }, the https address of the signing keys`
      : `Cannot read the arguments: ${field("url")} is for jwks only`,
  );
}
