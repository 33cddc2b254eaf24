/**
 * How whoever asks does what is to be done next: the command line names its commands and flags, an assistant has tools and arguments.
 *
 * @module
 */

/** What a value can be given for. */
export type Field =
  | "all"
  | "cloud_provider"
  | "credentials"
  | "memory"
  | "model"
  | "project"
  | "region"
  | "service_account"
  | "source_instance"
  | "source_snapshot"
  | "storage"
  | "timeout"
  | "type"
  | "url"
  | "version";

/** A Data API, and whose it is: ids. */
export interface DataApiIds {
  readonly api: string;
  readonly instance: string;
}

/**
 * The names of steps, which stand in sentences as a subject does: "aura-wake instances list shows what there is", "look for it with
 * list_instances". What is given to them is an id, or the key of an import.
 */
export interface Directions {
  /** What a value is given by: `--cloud-provider`, `cloud_provider`. */
  readonly field: (name: Field) => string;
  readonly instances: {
    /** All, or those of a project. */
    readonly list: (projectId?: string) => string;
    readonly show: (id: string) => string;
    /** Wakes it and waits. */
    readonly wake: (id: string) => string;
    readonly delete: (id: string) => string;
    /** All that may be created. */
    readonly sizes: string;
  };
  readonly projects: {
    readonly list: string;
    /** Shows which organization a project belongs to. @default the list does */
    readonly owners?: string;
  };
  readonly snapshots: {
    readonly list: (instanceId: string) => string;
    readonly show: (id: string, instanceId: string) => string;
    /** A clause: what takes one, and what shows older ones. */
    readonly takeOneOrLookBack: (instanceId: string) => string;
  };
  readonly dataApis: {
    readonly list: (instanceId: string) => string;
    readonly show: (ids: DataApiIds) => string;
    readonly listAuth: (ids: DataApiIds) => string;
    readonly addAuth: (apiId: string) => string;
  };
  readonly imports: {
    /** A clause: what waits for a job again, and what ends it. */
    readonly waitAgainOrCancel: (jobId: string) => string;
    /** Writes down what became of one of which nobody knows it; without a key, of any of several. */
    readonly settle: (key?: string) => string;
  };
  /** The health of everything. */
  readonly status: string;
  /** The settings, and where they come from. */
  readonly settings: string;
  /** Finds out why a database cannot be connected to. */
  readonly diagnose: string;
  /** A sentence's beginning for the end that whoever asked has made: "Stopped by Ctrl-C". */
  readonly stopped: string;
  /** What those do who do not want to wait for an answer that only comes once: "Ctrl-C again ends at once". */
  readonly stopAtOnce?: string;
  /** Chooses the login of the instance that is meant. */
  readonly ownLogin: string;
  /** Has a query write, where that is a choice. */
  readonly letWrite?: string;
  /** Chooses where a secret goes, where that is a choice. */
  readonly otherPlace?: string;
  /** Shows where in this program an error comes from, where that can be seen. */
  readonly showOrigin?: string;
}
