/**
 * What is to become of import jobs: Aura's models cannot be looked into, so whoever tests says what they hold.
 *
 * @module
 */

/** How a job can end. */
export type ImportOutcome = "Success" | "Failure" | "Cancelled";

/** Nodes of one kind that a job reports. */
export interface ImportedNodes {
  /** Their labels. */
  readonly labels: readonly string[];
  /** How many rows of the source make them. */
  readonly rows: number;
}

/** Relationships of one type that a job reports. */
export interface ImportedRelationships {
  /** Their type. */
  readonly type: string;
  /** How many rows of the source make them. */
  readonly rows: number;
}

/** Where the data of a model come from. */
export interface ImportDataSource {
  /** Its id. @default "33333333-4444-4555-8666-777777777777" */
  readonly id?: string;
  /** For example `"snowflake-jwt"`. @default "postgresql" */
  readonly type?: string;
  /** Its name. @default "LOCAL_DATA_SOURCE" */
  readonly name?: string;
}

/** What becomes of a job. */
export interface ImportScript {
  /** Only jobs of this model. @default any */
  readonly modelId?: string;
  /** Only jobs into this instance. @default any */
  readonly instanceId?: string;
  /** How the job ends. */
  readonly outcome: ImportOutcome;
  /** What it says then. @default empty for a success, "The import failed" and "Cancelled" */
  readonly message?: string;
  /** From the call to the end, in milliseconds of the emulator's clock. @default `importMs` */
  readonly durationMs?: number;
  /** What it reports about nodes. @default 100 rows of `:Imported` */
  readonly nodes?: readonly ImportedNodes[];
  /** What it reports about relationships. @default 200 rows of `:IMPORTED` */
  readonly relationships?: readonly ImportedRelationships[];
  /** Where its data come from. @default a PostgreSQL database */
  readonly dataSource?: ImportDataSource;
  /**
   * Statements that run in the instance's database when the job succeeds, all in one transaction; if one fails, the
   * job does.
   *
   * @default none, the job brings no data
   */
  readonly cypher?: string | readonly string[];
}

interface Order {
  readonly script: ImportScript;
  remaining: number;
}

/** The ordered scripts; the oldest that fits is taken. */
export class ImportScripts {
  readonly #orders: Order[] = [];

  order(script: ImportScript, times: number = 1): void {
    this.#orders.push({ script, remaining: times });
  }

  take(modelId: string, instanceId: string): ImportScript | undefined {
    const order = this.#orders.find(({ script, remaining }) =>
      remaining > 0 &&
      (script.modelId === undefined || script.modelId === modelId) &&
      (script.instanceId === undefined || script.instanceId === instanceId)
    );
    if (order === undefined) return undefined;
    order.remaining -= 1;
    return order.script;
  }
}
