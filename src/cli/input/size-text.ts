/**
 * Sizes as people write them.
 *
 * @module
 */
import { OperateError } from "../../operate/operate-error.ts";

/**
 * Reads `4GB`, `4gb`, `4g` or `4`; gives it as the API has it, `4GB`.
 *
 * @throws {OperateError} USAGE for anything else
 */
export function parseSize(flag: string, text: string): string;
export function parseSize(flag: string, text: string | undefined): string | undefined;
export function parseSize(flag: string, text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const [, count] = /^([1-9]\d{0,5})\s?(?:gb?)?$/i.exec(text.trim()) ?? [];
  if (count !== undefined) return `${count}GB`;
  throw new OperateError(
    "USAGE",
    `Cannot read the arguments: ${flag} must be a size such as 4GB, got "${text}"`,
  );
}
