/**
 * The flags of every command that can wait.
 *
 * @module
 */
import { parseDuration } from "./parse-duration.ts";

/** `--wait` and its limit. */
export const WAIT_FLAGS = {
  wait: { type: "boolean", alias: "await", description: "Wait until it is done" },
  timeout: {
    type: "string",
    valueHint: "duration",
    description: "How long to wait at most, such as 30s or 20m (default: 20m)",
  },
} as const;

/** The limit of a wait in milliseconds; undefined where the flag was not given. @throws {OperateError} USAGE */
export function readTimeout(timeout: string | undefined): number | undefined {
  return timeout === undefined ? undefined : parseDuration("--timeout", timeout);
}
