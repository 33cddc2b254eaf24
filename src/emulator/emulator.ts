/**
 * The local Aura as its users hold it.
 *
 * @module
 */
import type { Clock } from "../clock.ts";
import type { ImportJobEntry } from "./control/import-job-entry.ts";
import type { ImportScript } from "./control/import-job-script.ts";
import type { Fault, FaultHandle } from "./control/faults.ts";
import type { RecordedRequest } from "./control/recorded-request.ts";
import type { RequestMatch } from "./control/request-match.ts";
import type { FailingOperation } from "./failures.ts";
import type { PauseMode } from "./pause-mode.ts";
import type { ForcedDoors } from "./statuses.ts";
import type { AddressResolver, EmulatorFetch } from "./unresolvable.ts";

/** How an operator pauses or resumes. */
export interface OperateOptions {
  /** Go through `pausing` or `resuming` and take the set time, instead of none. @default false */
  readonly gradually?: boolean;
}

/** How an operator pauses. */
export interface PauseOptions extends OperateOptions {
  /** How the paused instance meets its clients. @default as the instance was set up */
  readonly mode?: PauseMode;
}

/** An instance as a list shows it. */
export interface InstanceEntry {
  /** Its id. */
  readonly id: string;
  /** Its name. */
  readonly name: string;
  /** What the API would say. */
  readonly status: string;
}

/** A running local Aura. An id that is left out means the first instance. */
export interface Emulator extends AsyncDisposable {
  /** Of the control plane, for example `http://127.0.0.1:41234`. */
  readonly url: string;
  /** The time in it, for clients that are to share it. */
  readonly clock: Clock;
  /** neo4j-driver's `resolver`, for the pause mode `unresolvable`. */
  readonly resolver: AddressResolver;
  /**
   * A fetch for the Query API, for the pause mode `unresolvable`, where its address is `https://<id>.invalid`: it leads
   * the names of awake instances to their ports, and everything else to the runtime's own.
   */
  readonly fetch: EmulatorFetch;
  /** Every variable that an app needs. */
  env(id?: string): Record<string, string>;
  /** The instances that the API knows, the oldest first. */
  instances(): InstanceEntry[];
  /** What the API would say; undefined when it knows no such instance. */
  status(id?: string): string | undefined;
  /** Pauses, behind the API's back; resolves when it is paused. Works for Free instances too. */
  pause(id?: string, options?: PauseOptions): Promise<void>;
  /** Resumes, behind the API's back; resolves when it is running. */
  resume(id?: string, options?: OperateOptions): Promise<void>;
  /** Makes any word the status. The doors follow where the word is known, unless told otherwise. */
  setStatus(id: string, status: string, options?: { readonly doors?: ForcedDoors }): Promise<void>;
  /**
   * Makes an operation go wrong, once: the one under way or else the next, of that instance or of whichever comes
   * first, one that the API is yet to create among them. A snapshot ends as `Failed`; after everything else the
   * instance is in `loading failed`, and its doors are shut.
   */
  failNext(operation: FailingOperation, id?: string): void;
  /**
   * Says what becomes of the next import jobs, so many times. The oldest script that fits is taken, when the job is
   * started; a job that cannot begin because of another one in its instance takes none.
   */
  scriptImport(script: ImportScript, times?: number): void;
  /** The import jobs that were started, the oldest first. */
  importJobs(): ImportJobEntry[];
  /** Deletes an instance at once. */
  remove(id: string): Promise<void>;
  /** Makes the tokens that were given out unknown. */
  revokeTokens(): void;
  /**
   * What came to the control plane, oldest first. Queries are not in it: over Bolt they are no requests, so a count of
   * those over the Query API would not compare.
   */
  requests(match?: RequestMatch): RecordedRequest[];
  /** Forgets what came so far. */
  clearRequests(): void;
  /**
   * Makes the next answers to such requests go wrong, at the control plane before the token is looked at, and at the
   * Query API of every instance, `"POST /db/neo4j/query/v2"`, before the password is. A match such as `"*"` means both.
   * Bolt is no HTTP, and a gate before a real Neo4j passes bytes: no fault reaches them.
   *
   * @throws {TypeError} for a text that cannot be read as a match, or names a path that nobody serves
   */
  fault(match: RequestMatch, fault: Fault, times?: number): FaultHandle;
  /** Moves a manual clock; resolves when all that was due has happened. */
  advance(ms: number): Promise<void>;
  /** Ends everything: servers, sockets, timers. Safe to call twice. */
  close(): Promise<void>;
}
