/**
 * What the Aura API says of an instance.
 *
 * @see https://neo4j.com/docs/aura/platform/api/specification/
 * @module
 */
import type { Secret } from "../secret.ts";

/** The states that the API is known to answer. Others may come and are passed through. */
export type KnownInstanceStatus =
  | "creating"
  | "destroying"
  | "running"
  | "pausing"
  | "paused"
  | "suspending"
  | "suspended"
  | "resuming"
  | "loading"
  | "loading failed"
  | "restoring"
  | "updating"
  | "overwriting"
  | "resizing"
  | "upgrading"
  | "encryption key deleted"
  | "encryption key error"
  | "encryption key not found";

/** A state of an instance; an unknown one is kept as the API says it. */
export type InstanceStatus = KnownInstanceStatus | (string & Record<never, never>);

/** A row of the list: no status, no type, no size. Ask for the instance to know them. */
export interface InstanceSummary {
  readonly id: string;
  readonly name: string;
  readonly tenant_id: string;
  readonly cloud_provider: string;
  readonly created_at?: string;
  readonly [field: string]: unknown;
}

/** An instance as the API answers it. Fields that this package does not know are kept. */
export interface Instance extends InstanceSummary {
  readonly status: InstanceStatus;
  /** `neo4j+s://…`, or null for some instances. */
  readonly connection_url: string | null;
  readonly region?: string;
  readonly type?: string;
  /** For example `"4GB"`; absent while the instance is being deleted. */
  readonly memory?: string | null;
  readonly storage?: string | null;
  /** A count as text, Free only. */
  readonly graph_nodes?: string;
  /** A count as text, Free only. */
  readonly graph_relationships?: string;
  /** Where its metrics are, in Prometheus' format. */
  readonly metrics_integration_url?: string | null;
}

/** What an instance is created with. What may be combined is in the project's `instance_configurations`. */
export interface NewInstance {
  /** 1 to 30 characters. */
  readonly name: string;
  /** `"5"` means the latest. */
  readonly version: string;
  readonly region: string;
  /** For example `"4GB"`. */
  readonly memory: string;
  /** `free-db`, `professional-db`, `business-critical`, `enterprise-db`, … */
  readonly type: string;
  /** The project. */
  readonly tenant_id: string;
  /** `gcp`, `aws` or `azure`. */
  readonly cloud_provider: string;
  /** Left out, twice the memory. */
  readonly storage?: string;
  /** Begins with the data of this instance. */
  readonly source_instance_id?: string;
  /** Begins with the data of this snapshot of the source instance; it must be exportable. */
  readonly source_snapshot_id?: string;
  readonly customer_managed_key_id?: string;
  readonly vector_optimized?: boolean;
  readonly graph_analytics_plugin?: boolean;
  readonly [field: string]: unknown;
}

/** What the API answers to a creation: the only time that the password is shown. */
export interface CreatedInstance extends InstanceSummary {
  readonly connection_url: string | null;
  readonly username: string;
  readonly password: Secret;
}

/** What can be changed of an instance, each field alone or with others. */
export interface InstanceChanges {
  readonly name?: string;
  readonly memory?: string;
  readonly storage?: string;
  readonly vector_optimized?: boolean;
  readonly graph_analytics_plugin?: boolean;
  readonly secondaries_count?: number;
  /** `OFF`, `DIFF` or `FULL`. */
  readonly cdc_enrichment_mode?: string;
  readonly [field: string]: unknown;
}

/** What an instance is overwritten with. */
export interface InstanceSource {
  readonly source_instance_id: string;
  /** An exportable snapshot of the source; left out, a new one is taken. */
  readonly source_snapshot_id?: string;
  readonly [field: string]: unknown;
}

/** A size, as one of the project's `instance_configurations` has it. */
export interface InstanceSize {
  readonly memory: string;
  readonly storage: string;
}

/** What the size of a Graph Data Science instance depends on. */
export interface SizingQuestion {
  readonly node_count: number;
  readonly relationship_count: number;
  /** `professional-ds` or `enterprise-ds`. */
  readonly instance_type: string;
  /** `centrality`, `community-detection`, `similarity`, … */
  readonly algorithm_categories?: readonly string[];
  readonly [field: string]: unknown;
}

/** How large such an instance should be. */
export interface SizingAnswer {
  readonly did_exceed_maximum: boolean;
  readonly min_required_memory: string;
  readonly recommended_size: string;
  readonly [field: string]: unknown;
}

/** How urgent a call is: waking goes ahead when the request budget runs low. */
export type Priority = "wake" | "normal" | "background";

/** What every call takes. */
export interface CallOptions {
  /** Ends the call, also while it waits for the budget or for a retry. */
  readonly signal?: AbortSignal | undefined;
  /** @default "normal" */
  readonly priority?: Priority;
}

/** The part of the API that a wake needs; `createAura()` has it, and so does the small client inside `./hono`. */
export interface WakeApi {
  readonly instances: {
    /** Throws an `AuraApiError` or an `AuraUnreachableError`. */
    get(id: string, options?: CallOptions): Promise<Instance>;
    /** Throws an `AuraApiError` or an `AuraUnreachableError`. */
    resume(id: string, options?: CallOptions): Promise<Instance>;
  };
}
