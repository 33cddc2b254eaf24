/**
 * What was started from here, kept so that nothing is lost and nothing is started twice: the Aura API has no list of import jobs.
 *
 * @module
 */
import { AuraWakeError } from "../errors.ts";

/**
 * How a job stands. `unconfirmed`: it was about to be started, and no answer was noted: it may or may not run, and is never
 * started again by itself · `submitted`: the API gave its id · `running` · then one of the four ends; `refused`: it was surely not
 * started, since the API turned it away or nothing was sent.
 */
export type JobState =
  | "unconfirmed"
  | "submitted"
  | "running"
  | "success"
  | "failure"
  | "cancelled"
  | "refused";

/** All of them, in the order in which a job comes through them. */
export const JOB_STATES: readonly JobState[] = [
  "unconfirmed",
  "submitted",
  "running",
  "success",
  "failure",
  "cancelled",
  "refused",
];

/** The states in which nothing happens any more. A record that has come to one stays so. */
export const ENDED_STATES: readonly JobState[] = ["success", "failure", "cancelled", "refused"];

/** One job. It is written as `unconfirmed` before the API is asked, and completed with the id after it. */
export interface JobRecord {
  /** Ours, and known before the API gives its own. */
  readonly key: string;
  readonly kind: "import";
  readonly instanceId: string;
  readonly instanceName?: string | undefined;
  readonly organizationId: string;
  readonly projectId: string;
  readonly modelId: string;
  readonly importType: "online" | "bulk";
  readonly state: JobState;
  /** The API's id. */
  readonly jobId?: string | undefined;
  /** What the API said of how it ended, or why nobody knows whether it was started. */
  readonly message?: string | undefined;
  /** 0 to 100 */
  readonly percent?: number | undefined;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** Milliseconds since the epoch. */
  readonly updatedAt: number;
}

/** What may become of a record. What is undefined stays as it is. */
export interface JobChanges {
  readonly state?: JobState | undefined;
  readonly jobId?: string | undefined;
  readonly message?: string | undefined;
  readonly percent?: number | undefined;
  readonly updatedAt: number;
}

/** Which records are wanted. */
export interface JobQuery {
  /** @default all */
  readonly instanceId?: string | undefined;
  /** @default all */
  readonly states?: readonly JobState[] | undefined;
  /** Started at this time or later, milliseconds since the epoch. @default all */
  readonly since?: number | undefined;
  /** Started before this time, milliseconds since the epoch. @default all */
  readonly until?: number | undefined;
  /** At least 1. @default 50 */
  readonly limit?: number | undefined;
  /** Of the page before. @default the first page */
  readonly cursor?: string | undefined;
}

/** Some records, the latest first, and how to get the next ones. */
export interface JobPage {
  readonly records: readonly JobRecord[];
  /** Undefined on the last page. */
  readonly cursor: string | undefined;
}

/** Remembers jobs. Every adapter passes the same conformance suite, and rejects with `AURA_JOURNAL` when it cannot work. */
export interface Journal {
  /** Writes a new record, and resolves when it would survive a crash. Rejects when there is one with this key. */
  append(record: JobRecord): Promise<void>;
  /**
   * Changes a record, and gives it as it is then; one that has ended, or is in another state than `from`, is left as it is.
   * Undefined when there is none.
   */
  update(key: string, changes: JobChanges, from?: JobState): Promise<JobRecord | undefined>;
  get(key: string): Promise<JobRecord | undefined>;
  /** The record with the API's id. */
  findByJob(jobId: string): Promise<JobRecord | undefined>;
  /**
   * One page. What is appended while somebody turns the pages moves none of them.
   *
   * @throws {AuraWakeError} CONFIG_INVALID for a limit or cursor that is none
   */
  find(query?: JobQuery): Promise<JobPage>;
}

/** The place of a record: the latest first, and of what was started at one time the greater key first. */
export type JobPlace = Pick<JobRecord, "startedAt" | "key">;

/** How many are wanted, and after which place. */
export interface PageLimits {
  readonly limit: number;
  readonly after: JobPlace | undefined;
}

/** Reads what says where a page begins and ends. @throws {AuraWakeError} CONFIG_INVALID */
export function readPageLimits({ limit = 50, cursor }: JobQuery): PageLimits {
  if (!Number.isSafeInteger(limit) || limit < 1) {
    throw unreadable(`the limit ${limit} is no whole number from 1 on`);
  }
  return { limit, after: cursor === undefined ? undefined : parseCursor(cursor) };
}

/** Makes the page of the records that were found, of which there may be one more than are wanted: then another page follows. */
export function toPage(found: readonly JobRecord[], limit: number): JobPage {
  const records = found.slice(0, limit);
  const last = records.at(-1);
  return { records, cursor: last && found.length > limit ? cursorOf(last) : undefined };
}

/** The error of an `append()` with a key that is there already. */
export function duplicateKey(key: string): AuraWakeError {
  return new AuraWakeError("AURA_JOURNAL", `Cannot write down job ${key}: there is one already`);
}

function cursorOf({ startedAt, key }: JobPlace): string {
  return `${startedAt}:${key}`;
}

function parseCursor(cursor: string): JobPlace {
  const [, startedAt, key] = /^(\d+(?:\.\d+)?):(.+)$/s.exec(cursor) ?? [];
  if (startedAt === undefined || key === undefined) throw unreadable(`"${cursor}" is no cursor`);
  return { startedAt: Number(startedAt), key };
}

function unreadable(why: string): AuraWakeError {
  return new AuraWakeError("CONFIG_INVALID", `Cannot read the journal: ${why}`);
}
