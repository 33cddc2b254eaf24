/**
 * The rule for names of instances.
 *
 * @module
 */
import { OperateError } from "../operate-error.ts";

const LONGEST = 30;

/** Gives the name back. @throws {OperateError} VALIDATION when Aura would refuse it */
export function checkInstanceName(name: string): string {
  const why = name !== name.trim()
    ? "it begins or ends with white space"
    : Array.from(name).length > LONGEST
    ? `it is longer than ${LONGEST} characters`
    : undefined;
  if (why === undefined) return name;
  throw new OperateError(
    "VALIDATION",
    `Cannot call an instance "${name}": ${why}, and nothing was sent`,
    `choose 1 to ${LONGEST} characters`,
  );
}
