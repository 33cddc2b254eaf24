/**
 * The one node that a heartbeat writes.
 *
 * @module
 */
import { OperateError } from "../../operate/operate-error.ts";

/** Its label where no other is wanted. */
export const HEARTBEAT = "AuraWakeHeartbeat";

/** Checks a label, which stands in Cypher as it is. @throws {OperateError} USAGE */
export function heartbeatLabel(label: string): string {
  if (/^[A-Za-z_]\w{0,62}$/.test(label)) return label;
  throw new OperateError(
    "USAGE",
    `Cannot read the arguments: --label must be letters, digits and _, got "${label}"`,
  );
}
