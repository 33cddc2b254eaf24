/**
 * The rule for names of instances.
 *
 * @module
 */
import { OperateError } from "../operate-error.ts";

const LONGEST = 30;
/** Two names may differ in nothing that is seen; and a name of several lines is none. A joiner makes emoji, and marks of variants do. */
const HIDDEN =
  /(?!\u200D|\uFE0E|\uFE0F)[\p{Cc}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** Gives the name back. @throws {OperateError} VALIDATION when Aura would refuse it */
export function checkInstanceName(name: string): string {
  const why = name !== name.trim()
    ? "it begins or ends with white space"
    : Array.from(name).length > LONGEST
    ? `it is longer than ${LONGEST} characters`
    : name.search(HIDDEN) >= 0
    ? "it has a character that nobody sees"
    : undefined;
  if (why === undefined) return name;
  throw new OperateError(
    "VALIDATION",
    `Cannot call an instance "${name.replace(HIDDEN, "\uFFFD")}": ${why}, and nothing was sent`,
    `choose 1 to ${LONGEST} characters`,
  );
}
