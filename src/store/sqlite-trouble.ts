/**
 * What SQLite and the file system complain about, in this package's words.
 *
 * @module
 */
import { AuraWakeError } from "../errors.ts";

/** Does something with the open file at once, and rejects with `AURA_JOURNAL` when SQLite complains. */
export type UseFile = <Result>(work: () => Result) => Promise<Result>;

interface Complaint {
  readonly code?: string;
  readonly errcode?: number;
  readonly message?: string;
}

const OTHER_FILE = "choose another file with AURA_WAKE_JOURNAL";
const ALLOW = "allow it with --allow-read and --allow-write";

/** What a complaint says, what that means, and what to do. SQLite's texts are the same in Bun, Deno and Node. */
const MEANINGS: readonly (readonly [RegExp, string, string])[] = [
  [/^EISDIR/, "it is a folder", OTHER_FILE],
  [/^(?:EACCES|EPERM|EROFS)|readonly database/, "it may not be written", OTHER_FILE],
  [/^Requires (?:read|write) access/, "Deno may not read and write there", ALLOW],
  [/node:sqlite/, "this runtime has no node:sqlite", "use Bun, Deno, or Node 22.13 or later"],
  [/not a database/, "it is not a SQLite file", OTHER_FILE],
  [/another program/, "it belongs to another program", OTHER_FILE],
  [/newer version/, "it was written by a newer version of aura-wake", "update aura-wake"],
  [
    /malformed/,
    "it is damaged",
    "move it away, so that a new one is made, and keep it: it has the ids of import jobs",
  ],
  [/is full|ENOSPC/, "the disk is full", "make room on it"],
  [/is locked/, "another process keeps it locked", "try again, or end that process"],
  [/not open|finalized/, "it was closed already", "open it again"],
];

/** Makes what every call goes through. */
export function useFile(path: string): UseFile {
  return async (work) => {
    try {
      return await Promise.resolve(work());
    } catch (error) {
      throw toJournalError(path, error);
    }
  };
}

/** The error of this package for whatever was thrown; one of its own stays as it is. */
export function toJournalError(path: string, error: unknown): AuraWakeError {
  const { code, message = "unknown trouble" } = Object(error) as Complaint;
  if (code === "AURA_JOURNAL" || code === "CONFIG_INVALID") return error as AuraWakeError;
  const meaning = MEANINGS.find(([sign]) => sign.test(message));
  const [, why, next] = meaning ?? ["", message, OTHER_FILE];
  return new AuraWakeError(
    "AURA_JOURNAL",
    `Cannot use the journal ${path}: ${why}; next: ${next}`,
    { cause: error },
  );
}

/** Another process has the lock. Deno does not always give SQLite's number. */
export function isBusy(error: unknown): boolean {
  const { errcode, message = "" } = Object(error) as Complaint;
  return errcode === 5 || /is locked/.test(message);
}
