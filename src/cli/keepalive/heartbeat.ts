/**
 * The one node that a heartbeat writes.
 *
 * @module
 */
import { CliError } from "../cli-error.ts";

/** Its label where no other is wanted. */
export const HEARTBEAT = "AuraWakeHeartbeat";

/** Checks a label, which stands in Cypher as it is. @throws {CliError} USAGE */
export function heartbeatLabel(label: string): string {
  if (/^[A-Za-z_]\w{0,62}$/.test(label)) return label;
  throw new CliError(
    "USAGE",
    `Cannot read the arguments: --label must be letters, digits and _, got "${label}"`,
  );
}
