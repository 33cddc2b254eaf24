/**
 * What the Aura API says of an import job: one run of an import model, which is made in the Aura console, into an instance.
 *
 * @see https://neo4j.com/docs/aura/import/introduction/
 * @module
 */
import type { Secret } from "../secret.ts";

/** Which project a job belongs to, and whose that is. */
export interface ProjectPath {
  readonly organizationId: string;
  readonly projectId: string;
}

/** What a job is created with, in the API's own words. */
export interface NewImportJob {
  /** From the model's address in the Aura console: `…/tools/import/models/<id>`. No API lists models. */
  readonly importModelId: string;
  readonly auraCredentials?: {
    /** The id of the instance. */
    readonly dbId: string;
    /** Needed for Free and Virtual Dedicated Cloud instances only. */
    readonly user?: string;
    readonly password?: string | Secret;
  };
  readonly importConfig?: {
    /** `bulk` replaces all that is in the database. @default "online" */
    readonly importType?: "online" | "bulk";
  };
  readonly [field: string]: unknown;
}

/** What the API answers to a creation and to a cancellation. */
export interface ImportJobId {
  readonly id: string;
  readonly [field: string]: unknown;
}

/** The states that the API is known to answer. */
export type KnownImportState =
  | "SecretCreated"
  | "ModelConfigMapOwnerUpdated"
  | "Queued"
  | "Running"
  | "Completed";

/** A state of a job; an unknown one is kept as the API says it. `Completed` says that it is over, not how it went. */
export type ImportState = KnownImportState | (string & Record<never, never>);

/** A job as the API answers it. Fields that this package does not know are kept. */
export interface ImportJob {
  readonly id: string;
  readonly import_type?: string;
  readonly info: ImportInfo;
  readonly data_source?: {
    readonly id?: string;
    readonly type?: string;
    readonly name?: string;
    readonly [field: string]: unknown;
  };
  readonly aura_target?: {
    readonly db_id?: string;
    readonly project_id?: string;
    readonly [field: string]: unknown;
  };
  readonly [field: string]: unknown;
}

/** How far a job is. */
export interface ImportInfo {
  readonly state: ImportState;
  readonly submitted_time?: string | null;
  readonly start_time?: string | null;
  readonly completion_time?: string | null;
  readonly cancellation_requested_time?: string | null;
  readonly last_update_time?: string | null;
  /** 0 to 100; 100 also for a job that failed. */
  readonly percentage_complete?: number | null;
  /** How it went; to be believed only once the state is `Completed`. */
  readonly exit_status?: {
    /** `Success`, `Failure` or `Cancelled`. */
    readonly state?: string;
    readonly message?: string;
    readonly [field: string]: unknown;
  } | null;
  /** Only when asked for. */
  readonly progress?: ImportProgress | null;
  readonly [field: string]: unknown;
}

/** How far each part of the model is. */
export interface ImportProgress {
  readonly nodes?: readonly ImportPart[];
  readonly relationships?: readonly ImportPart[];
  readonly [field: string]: unknown;
}

/** A kind of node (`labels`) or of relationship (`type`). */
export interface ImportPart {
  readonly id?: string;
  readonly labels?: readonly string[];
  readonly type?: string;
  readonly total_rows?: number;
  readonly processed_rows?: number;
  readonly created_nodes?: number;
  readonly created_relationships?: number;
  readonly created_constraints?: number;
  readonly created_indexes?: number;
  readonly [field: string]: unknown;
}
