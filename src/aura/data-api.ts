/**
 * What the Aura API says of a GraphQL Data API: a GraphQL endpoint over an instance, hosted by Aura.
 *
 * @see https://neo4j.com/docs/graphql/current/aura-graphql/
 * @module
 */
import type { ApiProblem } from "./errors.ts";
import type { Secret } from "../secret.ts";

/** The states that the API is known to answer. */
export type KnownDataApiStatus =
  | "creating"
  | "updating"
  | "ready"
  | "deleting"
  | "pausing"
  | "paused"
  | "resuming"
  | "error";

/** A state of a Data API; an unknown one is kept as the API says it. */
export type DataApiStatus = KnownDataApiStatus | (string & Record<never, never>);

/** A row of the list. Fields that this package does not know are kept. */
export interface DataApiSummary {
  readonly id: string;
  readonly name: string;
  readonly status: DataApiStatus;
  /** Where it answers GraphQL. */
  readonly url?: string;
  readonly [field: string]: unknown;
}

/** A Data API. What only `get()` answers is optional. */
export interface DataApi extends DataApiSummary {
  /** What the API found wrong with it, above all with the type definitions; they are looked at only after they were accepted. */
  readonly errors: readonly ApiProblem[];
  /** The GraphQL schema, as text. */
  readonly type_definitions?: string;
  readonly features?: DataApiFeatures;
  readonly security?: DataApiSecurity;
  readonly aura_instance?: { readonly id?: string; readonly [field: string]: unknown };
}

/** What the API answers to a creation: the only time that the keys are shown. */
export interface CreatedDataApi extends DataApi {
  readonly authentication_providers: readonly AuthProvider[];
}

/** Switches of a Data API. */
export interface DataApiFeatures {
  /** Serves a subgraph of Apollo Federation. */
  readonly subgraph?: boolean;
  readonly [field: string]: unknown;
}

/** Who may call a Data API from where. */
export interface DataApiSecurity {
  readonly cors_policy?: {
    /** Compared as texts; the list that is sent replaces the one that is there. */
    readonly allowed_origins?: readonly string[];
    readonly [field: string]: unknown;
  };
  readonly [field: string]: unknown;
}

/** How a Data API signs in to its instance: as a user of the database or, in newer versions of the API, as one of Aura's own. */
export type DataApiAccount =
  | { readonly username: string; readonly password: string | Secret }
  | { readonly service_account: "read_only" | "read_write" };

/** What a Data API is created with. */
export interface NewDataApi {
  readonly name: string;
  /** The GraphQL schema, as text; it is encoded on its way. */
  readonly type_definitions: string;
  readonly aura_instance: DataApiAccount;
  /** Newer versions of the API want it, such as `"512MB"`. */
  readonly memory?: string;
  readonly features?: DataApiFeatures;
  readonly security: DataApiSecurity & {
    readonly authentication_providers: readonly NewAuthProvider[];
  };
  readonly [field: string]: unknown;
}

/** What can be changed of a Data API, each field alone or with others. */
export interface DataApiChanges {
  readonly name?: string;
  /** The GraphQL schema, as text; it is encoded on its way. */
  readonly type_definitions?: string;
  readonly aura_instance?: DataApiAccount;
  readonly memory?: string;
  readonly features?: DataApiFeatures;
  readonly security?: DataApiSecurity;
  readonly [field: string]: unknown;
}

/** A way to sign in to a Data API: with a key that Aura makes, or with tokens that somebody else signs. */
export type NewAuthProvider =
  | { readonly type: "api-key"; readonly name: string; readonly enabled?: boolean }
  | {
    readonly type: "jwks";
    readonly name: string;
    /** Where the keys that sign the tokens are. */
    readonly url: string;
    readonly enabled?: boolean;
  };

/** What can be changed of an authentication provider. */
export interface AuthProviderChanges {
  readonly name?: string;
  readonly enabled?: boolean;
  /** `jwks` only. */
  readonly url?: string;
}

/** An authentication provider. Fields that this package does not know are kept. */
export interface AuthProvider {
  readonly id: string;
  readonly name: string;
  /** `api-key` or `jwks`. */
  readonly type: string;
  readonly enabled?: boolean;
  readonly url?: string;
  /** Of an `api-key`, in the answer to its creation only. */
  readonly key?: Secret;
  readonly [field: string]: unknown;
}
