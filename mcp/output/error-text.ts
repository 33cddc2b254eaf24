/**
 * An error as a model reads it: what happened, what did not happen, and what to do next, each on its own line.
 *
 * @module
 */
import type { AuraApiError } from "../../src/aura/errors.ts";
import type { ImportJob } from "../../src/aura/import-job.ts";
import type { AuraWaitError } from "../../src/aura/wait-error.ts";
import type { Directions } from "../../src/operate/directions.ts";
import { type Failure, toFailure } from "../../src/operate/failure.ts";
import { cleanText, fence, oneLine } from "./clean-text.ts";
import { type Changes, READ_ONLY_CODE } from "./guarded-fetch.ts";
import { Mask } from "./mask.ts";

/** What an error is told with. */
export interface ErrorTextParts {
  readonly error: unknown;
  /** What is the case when nothing was changed: "The instance was not deleted." @default nothing is said, as where nothing is ever changed */
  readonly undone?: string | undefined;
  /** What the call has changed. @default nothing */
  readonly changes?: Changes | undefined;
  readonly directions: Directions;
  /** Takes out what must not be told. @default what looks like a token, alone */
  readonly mask?: Mask | undefined;
}

const LONGEST = 2_000;
/** A longer text is no sentence of ours. */
const LONGEST_SENTENCE = 300;
const MAYBE = "It may have been carried out all the same: look before you send it again.";

/** Says it, without a stack and without a secret. */
export function errorText(parts: ErrorTextParts): string {
  const { error, directions, mask = new Mask() } = parts;
  const { name, message } = Object(error) as Partial<Error>;
  // It says all that there is to say.
  if (name === "NotConfirmed") return cleanText(String(message), { max: LONGEST });
  const refused = refusalIn(error);
  const failure = masked(refused ?? toFailure(error, directions), mask);
  const { suggestion = "", request_id: requestId } = failure;
  const mayBe = suggestion.startsWith("it may have been carried out");
  return [
    happened(failure, error),
    reasonLine(failure, error),
    stateLine(parts, mayBe || failure.code.endsWith("UNCONFIRMED")),
    suggestion === "" || mayBe ? "" : `Next: ${oneLine(suggestion, { max: 500 })}`,
    requestId === undefined ? "" : `Request id: ${oneLine(requestId, { max: 100 })}`,
  ].filter((line) => line !== "").join("\n");
}

function happened({ code, message, request_id: requestId }: Failure, error: unknown): string {
  const told = message.replace(`, request id ${requestId}`, "");
  const { name } = Object(error) as Partial<Error>;
  if (name === "AbortError") return "The call was cancelled.";
  if (code === "INTERNAL") {
    const what = told.replace(/^Cannot finish: /, "");
    return oneLine(`Internal error: ${what}`, { max: LONGEST_SENTENCE });
  }
  if (!isFreeText(told, error)) return oneLine(told, { max: LONGEST });
  const [, action = "Cannot go on", rest = told] =
    /^(Cannot [^:\n]{1,200}): ([\s\S]*)$/.exec(told) ??
      [];
  return `${oneLine(action)}:\n${fence(rest, { max: LONGEST })}`;
}

/** Whether there is more in it than our own words and names: messages of a database, of a job, of what checks type definitions. */
function isFreeText(told: string, error: unknown): boolean {
  if (told.includes("\n") || told.length > LONGEST_SENTENCE) return true;
  for (const at of causesOf(error)) {
    const { code, reason = "" } = at as { readonly code?: unknown; readonly reason?: string };
    if (/^(?:Neo\.|AURA_QUERY$)/.test(String(code)) || /type-?defs/.test(reason)) return true;
    const { last } = at as Partial<AuraWaitError>;
    const said = (Object(last) as Partial<ImportJob>).info?.exit_status?.message;
    if (said && told.includes(said)) return true;
  }
  return false;
}

/** The API's own word, where the sentence has it not. */
function reasonLine({ message }: Failure, error: unknown): string {
  for (const at of causesOf(error)) {
    const { code, status, reason } = at as Partial<Omit<AuraApiError, "code">> & { code?: string };
    if (code !== "AURA_API" || status === undefined || message.includes(`(${status}`)) continue;
    const word = reason === undefined ? "" : ` ${oneLine(reason, { max: 100 })}`;
    return `Aura answered: ${status}${word}`;
  }
  return "";
}

/** What is the case now. */
function stateLine({ undone, changes }: ErrorTextParts, mayBe: boolean): string {
  const { accepted = [], unanswered = [] } = changes ?? {};
  const done = accepted.length === 0
    ? ""
    : `Aura has accepted before: ${oneLine(accepted.join(", "), { max: 500 })}.`;
  if (mayBe || unanswered.length > 0) return done === "" ? MAYBE : `${done}\n${MAYBE}`;
  return done === "" ? undone ?? "" : done;
}

/** A request that never left, whatever the layers above made of that. */
function refusalIn(error: unknown): Failure | undefined {
  for (const at of causesOf(error)) {
    const { code, message } = at as { readonly code?: unknown; readonly message?: string };
    if (code !== READ_ONLY_CODE) continue;
    const suggestion = "ask whoever runs the server whether it may do more";
    return { code: READ_ONLY_CODE, message: String(message), suggestion };
  }
  return undefined;
}

/** The error and what is behind it. */
function causesOf(error: unknown): object[] {
  const found: object[] = [];
  for (let at = error; typeof at === "object" && at !== null && found.length < 10;) {
    found.push(at);
    at = (at as Error).cause;
  }
  return found;
}

/** In every word of it, before any of it is cut. */
function masked({ code, ...words }: Failure, mask: Mask): Failure {
  const told = Object.entries(words).map(([name, text]) => [name, withoutTokens(mask.text(text))]);
  return { code, ...Object.fromEntries(told) as Omit<Failure, "code"> };
}

/** No text should have one; but an error is the last place where it could slip out. */
function withoutTokens(text: string): string {
  return text
    .replace(/\b(Bearer|Basic)\s+[\w.~+/=-]{8,}/gi, "$1 ***")
    .replace(/\beyJ[\w-]{8,}\.[\w.-]+/g, "***")
    .replace(/\/\/[^\s/@:]+:[^\s/@]+@/g, "//***@");
}
