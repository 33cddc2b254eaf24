/**
 * Sizes as the API writes them, such as `4GB`.
 *
 * @module
 */
import { z } from "zod";

/** A size in a request. */
export const SIZE_IN_GIGABYTES: z.ZodType<string> = z.string().regex(
  /^\d+GB$/,
  'must be a size such as "4GB"',
);

/** The number in a size. */
export function gigabytes(size: string): number {
  return Number.parseInt(size, 10);
}
