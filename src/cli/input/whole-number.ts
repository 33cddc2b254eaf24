/**
 * Reads numbers from flags.
 *
 * @module
 */
import { OperateError } from "../../operate/operate-error.ts";

/**
 * Reads a whole number within a range.
 *
 * @throws {OperateError} USAGE for anything else
 */
export function parseWholeNumber(
  flag: string,
  text: string,
  { least, most }: { readonly least: number; readonly most: number },
): number {
  const number = /^\d{1,15}$/.test(text) ? Number(text) : NaN;
  if (number >= least && number <= most) return number;
  throw new OperateError(
    "USAGE",
    `Cannot read the arguments: ${flag} must be a whole number from ${least} to ${most}, got "${text}"`,
  );
}
