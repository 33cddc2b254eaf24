/**
 * Reads numbers from flags.
 *
 * @module
 */
import { CliError } from "../cli-error.ts";

/**
 * Reads a whole number within a range.
 *
 * @throws {CliError} USAGE for anything else
 */
export function parseWholeNumber(
  flag: string,
  text: string,
  { least, most }: { readonly least: number; readonly most: number },
): number {
  const number = /^\d{1,15}$/.test(text) ? Number(text) : NaN;
  if (number >= least && number <= most) return number;
  throw new CliError(
    "USAGE",
    `Cannot read the arguments: ${flag} must be a whole number from ${least} to ${most}, got "${text}"`,
  );
}
