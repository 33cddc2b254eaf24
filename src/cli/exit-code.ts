/**
 * What the command line exits with.
 *
 * @module
 */
import type { AuraApiError } from "../aura/errors.ts";
import type { ImportJob } from "../aura/import-job.ts";
import type { AuraWaitError } from "../aura/wait-error.ts";
import type { ErrorCode } from "../errors.ts";
import type { OperateErrorCode } from "../operate/operate-error.ts";

/** Where the API or the database answered, its status decides. */
const EXIT_CODES: Readonly<
  Record<
    OperateErrorCode | Exclude<ErrorCode, "AURA_API" | "AURA_QUERY" | "AURA_WAIT_FAILED">,
    number
  >
> = {
  USAGE: 2,
  NOT_FOUND: 3,
  AMBIGUOUS: 2,
  NOT_CONFIRMED: 2,
  FAILED: 1,
  CONFLICT: 5,
  VALIDATION: 6,
  UNCONFIRMED: 8,
  DATABASE: 8,
  FILE: 1,
  NOT_PERMITTED: 1,
  INTERRUPTED: 130,
  INTERNAL: 1,
  AURA_UNREACHABLE: 8,
  AURA_WAKING: 8,
  AURA_WAKE_DEADLINE: 8,
  AURA_WAIT_DEADLINE: 8,
  AURA_WAKE_REFUSED: 5,
  AURA_CREDENTIALS: 4,
  AURA_BILLING: 1,
  AURA_BROKEN: 1,
  AURA_GONE: 3,
  AURA_MISMATCH: 2,
  AURA_NO_CONNECTION: 2,
  AURA_JOURNAL: 1,
  AURA_UNCONFIRMED: 8,
  CONFIG_INCOMPLETE: 4,
  CONFIG_INVALID: 2,
};

/** The exit code for an error that was told under this code. */
export function exitCodeOf(code: string, error: unknown): number {
  if (code === "AURA_API") return statusExitCode(error as AuraApiError);
  if (code === "AURA_QUERY") return queryExitCode(error as { readonly status?: number });
  if (code === "AURA_WAIT_FAILED") return waitExitCode(error as AuraWaitError);
  if (code in EXIT_CODES) return EXIT_CODES[code as keyof typeof EXIT_CODES];
  return databaseExitCode(code);
}

function statusExitCode({ status, signIn }: AuraApiError): number {
  if (status === 429) return 7;
  if (status >= 500 || status < 400) return 8;
  if (signIn || status === 401 || status === 403) return 4;
  if (status === 404) return 3;
  if (status === 409) return 5;
  return status === 402 ? 1 : 6;
}

function queryExitCode({ status }: { readonly status?: number }): number {
  if (status === 401 || status === 403) return 4;
  return status !== undefined && status >= 500 ? 8 : 6;
}

/** A job that was cancelled did what somebody wanted. */
function waitExitCode({ last }: AuraWaitError): number {
  const { exit_status: exit } = (Object(last) as Partial<ImportJob>).info ?? {};
  return exit?.state === "Cancelled" ? 5 : 1;
}

function databaseExitCode(code: string): number {
  if (/\.Security\./.test(code)) return 4;
  return code.startsWith("Neo.ClientError.") || code.endsWith(".AccessMode") ? 6 : 8;
}
