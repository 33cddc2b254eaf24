/**
 * What operating an Aura account takes, whoever asks: the command line or an assistant.
 *
 * @module
 */
import type { Aura } from "../aura/aura.ts";
import type { Instance } from "../aura/instance.ts";
import type { Clock } from "../clock.ts";
import type { DatabaseCredentials } from "../config/database-credentials.ts";
import type { LoadedSettings } from "../config/load-settings.ts";
import type { Journal } from "../store/journal.ts";
import type { Store } from "../store/store.ts";
import type { Directions } from "./directions.ts";
import type { Progress } from "./progress.ts";
import type { SecretSink } from "./secrets/secret-place.ts";

/** What is remembered from one time to the next. */
export interface OperateState {
  /** When instances were used. */
  readonly store: Store;
  /** Import jobs that were started from here. */
  readonly journal: Journal;
}

/** The services for one thing that is to be done. */
export interface OperateContext {
  /** Aborts when whoever asked has withdrawn; every call takes it. */
  readonly signal: AbortSignal;
  readonly clock: Clock;
  /** What requests to the Query API go through. */
  readonly fetch: (request: Request) => Promise<Response>;
  /** How whoever asks does what is to be done next. */
  readonly directions: Directions;
  /** Where goes what is shown only once. */
  readonly secrets: SecretSink;
  /** Variables and files, as they were read. */
  settings(): Promise<LoadedSettings>;
  /**
   * The client of the Aura API.
   *
   * @throws {AuraWakeError} CONFIG_INCOMPLETE without credentials
   */
  aura(): Promise<Aura>;
  /**
   * The instance with this id or exact name; left out, the one that the settings name.
   *
   * @throws {OperateError} NOT_FOUND, AMBIGUOUS, USAGE when none is named anywhere
   */
  instance(named: string | undefined): Promise<Instance>;
  /**
   * How to sign in to a database, as it was saved under a name.
   *
   * @throws {OperateError} NOT_FOUND with the names that there are
   */
  credentials(name: string): Promise<DatabaseCredentials>;
  /** The import jobs that were started from here, and what is remembered of instances. */
  state(): Promise<OperateState>;
  /** Says something beside the result. */
  note(text: string): void;
  /** Begins to tell how far something is. */
  progress(): Progress;
  /** Runs when all is done, the last one first, whatever became of it. */
  onEnd(action: () => void | Promise<void>): void;
}
