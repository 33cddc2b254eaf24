/**
 * What an error means for whoever asked: a code, one sentence, and what to do next.
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
import type { Directions } from "./directions.ts";
import type { OperateError, OperateErrorCode } from "./operate-error.ts";

/** An error as it is told. */
export interface Failure {
  /** Stable, to switch on: one of this package's, or the database's own. */
  readonly code: string;
  readonly message: string;
  readonly suggestion?: string;
  /** To quote to Neo4j's support. */
  readonly request_id?: string;
}

type Suggestions = Partial<Readonly<Record<ErrorCode, string>>>;

function suggestionsOf({ instances, settings, status }: Directions): Suggestions {
  return {
    AURA_UNREACHABLE: "check the network, then try again",
    AURA_CREDENTIALS: `check the client id and secret; ${settings} tells where they come from`,
    AURA_GONE: `check the instance id; ${instances.list()} shows what there is`,
    AURA_BROKEN: "look at the instance in the Aura console",
    CONFIG_INVALID: `${settings} tells what is set, and where`,
    AURA_WAKE_DEADLINE: `${status} shows what the instance is doing`,
  };
}

/** They stand in no settings: whoever asks has given them. */
const ID_OF_CALLER = /: (?:snapshot|import job) id is not an id$/;

/** What sockets and the resolver of names fail with. */
const NETWORK_CODES =
  /^(?:ECONN(?:REFUSED|RESET|ABORTED)|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EPIPE|E(?:NET|HOST)UNREACH)$/;

/** Reads any error. */
export function toFailure(error: unknown, directions: Directions): Failure {
  const denied = denialIn(error);
  if (denied !== undefined) return denied;
  if (isOperateError(error)) {
    const { requestId } = Object(error.cause) as Partial<AuraApiError>;
    return withRequest(failure(error.code, error.message, error.suggestion), requestId);
  }
  const { code, message } = Object(error) as { code?: unknown; message?: unknown };
  if (code === "AURA_API") return apiFailure(error as AuraApiError);
  if (code === "AURA_WAIT_FAILED") return waitFailure(error as AuraWaitError);
  if (typeof code === "string" && /^(?:AURA|CONFIG)_/.test(code)) {
    const [said, next] = splitRemedy(String(message));
    const suggestion = code === "AURA_UNREACHABLE" && isChange(error) && mayHaveArrived(error)
      ? "it may have been carried out all the same: look before you send it again"
      : ID_OF_CALLER.test(said)
      ? "give the id as it stands in a list"
      : next ?? suggestionsOf(directions)[code as ErrorCode];
    return failure(code, said, suggestion);
  }
  if (typeof code === "string" && /^(?:Neo\.|ServiceUnavailable|SessionExpired|N\/A)/.test(code)) {
    return databaseFailure(code, String(message), directions);
  }
  const finds = `${directions.diagnose} finds out why`;
  if (typeof code === "string" && NETWORK_CODES.test(code)) {
    return own("DATABASE", `Cannot go on: ${String(message)}`, finds);
  }
  if (typeof code === "string" && /^(?:E[A-Z]+|ERR_[A-Z_]+)$/.test(code)) {
    return own("FILE", String(message));
  }
  return own("INTERNAL", `Cannot finish: ${String(message ?? error)}`, directions.showOrigin);
}

/** A call that was to change something. */
function isChange(error: unknown): boolean {
  const { method = "GET", url = "" } = Object(error) as Partial<AuraUnreachableError>;
  return method !== "GET" && !url.endsWith("/oauth/token");
}

/** Deno was not told to allow something: whatever became of it further up, that is why. */
function denialIn(error: unknown): Failure | undefined {
  for (let at = error, depth = 0; at !== undefined && depth < 10; at = Object(at).cause, depth++) {
    const { name, message } = Object(at) as Partial<Error>;
    if (name !== "NotCapable") continue;
    const [, what = message, flag = "the flag"] =
      /^Requires (.*?), run again with the (--allow-[\w-]+)/.exec(String(message)) ?? [];
    return own(
      "NOT_PERMITTED",
      `Cannot go on: Deno does not permit ${what}`,
      `run again with ${flag}`,
    );
  }
  return undefined;
}

function isOperateError(error: unknown): error is OperateError {
  return (Object(error) as Partial<OperateError>).name === "OperateError";
}

function apiFailure(error: AuraApiError): Failure {
  const [message, remedy] = splitRemedy(error.message);
  return withRequest(failure("AURA_API", message, remedy ?? remedyFor(error)), error.requestId);
}

/** A job that was cancelled did what somebody wanted; one that failed has a cause, which the API does not tell. */
function waitFailure({ message, last }: AuraWaitError): Failure {
  const { exit_status: exit } = (Object(last) as Partial<ImportJob>).info ?? {};
  const [said, next] = splitRemedy(message);
  const known = exit?.state === "Failure" ? importRemedy(exit.message ?? "") : undefined;
  return known === undefined
    ? failure("AURA_WAIT_FAILED", said, next)
    : failure("AURA_WAIT_FAILED", `${said}; cause: ${known.cause}`, known.remedy);
}

function databaseFailure(
  code: string,
  message: string,
  { diagnose, letWrite }: Directions,
): Failure {
  if (/\.Security\./.test(code)) {
    return failure(code, message, "check NEO4J_USERNAME and NEO4J_PASSWORD");
  }
  if (code.endsWith(".AccessMode")) return failure(code, message, letWrite);
  const isRefused = code.startsWith("Neo.ClientError.");
  return failure(code, message, isRefused ? undefined : `${diagnose} finds out why`);
}

/** The client's errors end in what to do next. */
function splitRemedy(message: string): [string, string | undefined] {
  const at = message.lastIndexOf("; next: ");
  return at < 0 ? [message, undefined] : [message.slice(0, at), message.slice(at + 8)];
}

function own(code: OperateErrorCode, message: string, suggestion?: string): Failure {
  return failure(code, message, suggestion);
}

function failure(code: string, message: string, suggestion: string | undefined): Failure {
  return { code, message, ...(suggestion !== undefined && { suggestion }) };
}

function withRequest(told: Failure, requestId: string | undefined): Failure {
  return requestId === undefined ? told : { ...told, request_id: requestId };
}
