/**
 * What an error means for whoever called: an exit code, one line, and what to do next.
 *
 * @module
 */
import type { AuraApiError, AuraUnreachableError } from "../aura/errors.ts";
import type { ImportJob } from "../aura/import-job.ts";
import { remedyFor } from "../aura/remedies.ts";
import type { AuraWaitError } from "../aura/wait-error.ts";
import type { ErrorCode } from "../errors.ts";
import { importRemedy } from "../imports/remedies.ts";
import { mayHaveArrived } from "../wake/may-have-arrived.ts";
import type { CliError } from "./cli-error.ts";
import { plainText } from "./output/plain-text.ts";

/** An error as it is printed where the output is JSON. */
export interface Failure {
  /** Stable, to switch on. */
  readonly code: string;
  readonly exit_code: number;
  readonly message: string;
  readonly suggestion?: string;
  /** To quote to Neo4j's support. */
  readonly request_id?: string;
}

/** What the errors of the library exit with. Where the API answered, its status decides. */
const EXIT_CODES: Partial<Readonly<Record<ErrorCode, number>>> = {
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
  AURA_QUERY: 6,
  AURA_JOURNAL: 1,
  AURA_UNCONFIRMED: 8,
  CONFIG_INCOMPLETE: 4,
  CONFIG_INVALID: 2,
};

const SUGGESTIONS: Partial<Readonly<Record<ErrorCode, string>>> = {
  AURA_UNREACHABLE: "check the network, then try again",
  AURA_CREDENTIALS:
    "check the client id and secret; aura-wake config show tells where they come from",
  AURA_GONE: "check the instance id; aura-wake instances list shows what there is",
  AURA_BROKEN: "look at the instance in the Aura console",
  CONFIG_INVALID: "aura-wake config show tells what is set, and where",
  AURA_WAKE_DEADLINE: "aura-wake status shows what the instance is doing",
};

/** What sockets and the resolver of names fail with. */
const NETWORK_CODES =
  /^(?:ECONN(?:REFUSED|RESET|ABORTED)|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EPIPE|E(?:NET|HOST)UNREACH)$/;

/** A call that was to change something. */
function isChange(error: unknown): boolean {
  const { method = "GET", url = "" } = Object(error) as Partial<AuraUnreachableError>;
  return method !== "GET" && !url.endsWith("/oauth/token");
}

/** Reads any error. */
export function toFailure(error: unknown): Failure {
  const denied = denialIn(error);
  if (denied !== undefined) return denied;
  if (isCliError(error)) {
    const { requestId } = Object(error.cause) as Partial<AuraApiError>;
    return {
      ...failure(error.code, error.exitCode, error.message, error.suggestion),
      ...(requestId === undefined ? {} : { request_id: requestId }),
    };
  }
  const { code, message, status } = Object(error) as Partial<AuraApiError>;
  const known = code as ErrorCode | undefined;
  if (known === "AURA_API") return apiFailure(error as AuraApiError);
  if (known === "AURA_WAIT_FAILED") return waitFailure(error as AuraWaitError);
  if (known !== undefined && known in EXIT_CODES) {
    const exitCode = known === "AURA_QUERY" ? queryExitCode(status) : EXIT_CODES[known] ?? 1;
    const [said, next] = splitRemedy(String(message));
    const suggestion = known === "AURA_UNREACHABLE" && isChange(error) && mayHaveArrived(error)
      ? "it may have been carried out all the same: look before you send it again"
      : next ?? SUGGESTIONS[known];
    return failure(known, exitCode, said, suggestion);
  }
  if (typeof code === "string" && /^(?:Neo\.|ServiceUnavailable|SessionExpired|N\/A)/.test(code)) {
    return databaseFailure(code, String(message));
  }
  if (typeof code === "string" && NETWORK_CODES.test(code)) {
    return failure(
      "DATABASE",
      8,
      `Cannot go on: ${String(message)}`,
      "aura-wake doctor finds out why",
    );
  }
  if (typeof code === "string" && /^(?:E[A-Z]+|ERR_[A-Z_]+)$/.test(code)) {
    return failure("FILE", 1, String(message));
  }
  return failure(
    "INTERNAL",
    1,
    `Cannot finish: ${String(message ?? error)}`,
    "run again with --verbose to see where",
  );
}

/** Deno was not told to allow something: whatever became of it further up, that is why. */
function denialIn(error: unknown): Failure | undefined {
  for (let at = error, depth = 0; at !== undefined && depth < 10; at = Object(at).cause, depth++) {
    const { name, message } = Object(at) as Partial<Error>;
    if (name !== "NotCapable") continue;
    const [, what = message, flag = "the flag"] =
      /^Requires (.*?), run again with the (--allow-[\w-]+)/.exec(String(message)) ?? [];
    return failure(
      "NOT_PERMITTED",
      1,
      `Cannot go on: Deno does not permit ${what}`,
      `run again with ${flag}`,
    );
  }
  return undefined;
}

/** One line for people. */
export function failureText({ message, suggestion }: Failure): string {
  return plainText(suggestion === undefined ? message : `${message}; next: ${suggestion}`);
}

function isCliError(error: unknown): error is CliError {
  return (Object(error) as Partial<CliError>).name === "CliError";
}

function apiFailure(error: AuraApiError): Failure {
  const [message, remedy] = splitRemedy(error.message);
  return {
    ...failure("AURA_API", statusExitCode(error), message, remedy ?? remedyFor(error)),
    ...(error.requestId === undefined ? {} : { request_id: error.requestId }),
  };
}

/** A job that was cancelled did what somebody wanted; one that failed has a cause, which the API does not tell. */
function waitFailure({ message, last }: AuraWaitError): Failure {
  const { exit_status: exit } = (Object(last) as Partial<ImportJob>).info ?? {};
  const [said, next] = splitRemedy(message);
  if (exit?.state === "Cancelled") return failure("AURA_WAIT_FAILED", 5, said, next);
  const known = exit?.state === "Failure" ? importRemedy(exit.message ?? "") : undefined;
  return known === undefined
    ? failure("AURA_WAIT_FAILED", 1, said, next)
    : failure("AURA_WAIT_FAILED", 1, `${said}; cause: ${known.cause}`, known.remedy);
}

function statusExitCode({ status, signIn }: AuraApiError): number {
  if (status === 429) return 7;
  if (status >= 500 || status < 400) return 8;
  if (signIn || status === 401 || status === 403) return 4;
  if (status === 404) return 3;
  if (status === 409) return 5;
  return status === 402 ? 1 : 6;
}

function queryExitCode(status: number | undefined): number {
  if (status === 401 || status === 403) return 4;
  return status !== undefined && status >= 500 ? 8 : 6;
}

function databaseFailure(code: string, message: string): Failure {
  if (/\.Security\./.test(code)) {
    return failure(code, 4, message, "check NEO4J_USERNAME and NEO4J_PASSWORD");
  }
  if (code.endsWith(".AccessMode")) {
    return failure(code, 6, message, "add --write if it is meant to write");
  }
  const isRefused = code.startsWith("Neo.ClientError.");
  return failure(
    code,
    isRefused ? 6 : 8,
    message,
    isRefused ? undefined : "aura-wake doctor finds out why",
  );
}

/** The client's errors end in what to do next. */
function splitRemedy(message: string): [string, string | undefined] {
  const at = message.lastIndexOf("; next: ");
  return at < 0 ? [message, undefined] : [message.slice(0, at), message.slice(at + 8)];
}

function failure(code: string, exitCode: number, message: string, suggestion?: string): Failure {
  return {
    code,
    exit_code: exitCode,
    message,
    ...(suggestion === undefined ? {} : { suggestion }),
  };
}

/** Where it comes from, for `--verbose`: the stack, then that of each cause. */
export function causesText(error: unknown): string {
  const told: string[] = [];
  for (let at = error; at !== undefined && told.length < 10; at = Object(at).cause) {
    const { stack, message } = Object(at) as Partial<Error>;
    told.push(stack ?? message ?? (typeof at === "string" ? at : typeof at));
  }
  return `${told.join("\ncaused by ")}\n`;
}
