/**
 * The address of the keys that sign tokens.
 *
 * @module
 */
import { OperateError } from "../operate-error.ts";

/** Gives the address back. @throws {OperateError} USAGE when nobody could trust what is there */
export function checkJwksUrl(flag: string, url: string): string {
  if (URL.canParse(url) && new URL(url).protocol === "https:") return url;
  throw new OperateError(
    "USAGE",
    `Cannot read the arguments: ${flag} must be an https:// address, got "${url}"`,
  );
}
