/**
 * The address of the keys that sign tokens.
 *
 * @module
 */
import { CliError } from "../cli-error.ts";

/** Gives the address back. @throws {CliError} USAGE when nobody could trust what is there */
export function checkJwksUrl(flag: string, url: string): string {
  if (URL.canParse(url) && new URL(url).protocol === "https:") return url;
  throw new CliError(
    "USAGE",
    `Cannot read the arguments: ${flag} must be an https:// address, got "${url}"`,
  );
}
