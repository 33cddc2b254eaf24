/**
 * What a diagnosis starts from, and what its checks learn on their way.
 *
 * @module
 */
import type { Aura } from "../../aura/aura.ts";
import type { Instance } from "../../aura/instance.ts";
import type { Clock } from "../../clock.ts";
import type { Connection } from "../../neo4j/connection.ts";
import type { Directions } from "../directions.ts";
import type { Address } from "./address.ts";
import type { Check, CheckName, Finding } from "./check.ts";

/** The client of the Aura API with where its credentials come from, or why there is none. */
export type ApiAccess =
  | { readonly aura: Pick<Aura, "instances" | "request">; readonly source: string }
  | { readonly problem: string; readonly remedy: string };

/** What is known of the database without asking anybody. */
export interface DatabaseAccess {
  /** @default the address that the Aura API gives */
  readonly uri: string | undefined;
  /** @default "neo4j" */
  readonly username: string | undefined;
  /** Without it, nobody signs in. */
  readonly password: string | undefined;
  /** @default the home database */
  readonly database: string | undefined;
  /** @default the host of the address, over https */
  readonly queryApiUrl?: string | undefined;
  /** Where the user name and the password come from, or should: "NEO4J_USERNAME and NEO4J_PASSWORD". */
  readonly source: string;
  /**
   * Whether all this is for the instance that was found (undefined: none was).
   *
   * @default it is
   */
  readonly belongsTo?: ((instance: Instance | undefined) => boolean) | undefined;
}

/** Where to look for aura-cli. */
export interface AuraCliPlace {
  /** A variable by its name. */
  readonly env: (name: string) => string | undefined;
  readonly platform: string;
  /** aura-cli's own config.json; undefined where there is no home folder. */
  readonly configFile: string | undefined;
}

/** Options of `diagnose()`. */
export interface DiagnoseOptions {
  readonly api: ApiAccess;
  /** Id or exact name. */
  readonly instance: string | undefined;
  readonly database: DatabaseAccess;
  /** Where import jobs would be started; left out, it is found out. */
  readonly organizationId: string | undefined;
  readonly projectId: string | undefined;
  /** @default nobody looks for it */
  readonly auraCli?: AuraCliPlace | undefined;
  /** For each check. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  readonly clock: Clock;
  /** What requests to the Query API go through. */
  readonly fetch: (request: Request) => Promise<Response>;
  /** How whoever asks does what a remedy says. */
  readonly directions: Directions;
  /** Told before each check that is made. */
  readonly onCheck?: (name: CheckName) => void;
}

/** What the checks share. */
export interface Examination extends DiagnoseOptions {
  /** What has been learned so far. */
  readonly facts: {
    instance?: Instance;
    address?: Address;
    /** The address is the instance's own, but user name and password are those of another one. */
    isOthersLogin?: boolean;
    connection?: Connection;
  };
  /** What the checks before have found. */
  readonly made: ReadonlyMap<CheckName, Check>;
}

/** One check before it is made. */
export interface Step {
  readonly name: CheckName;
  /** It is made only when all of these are well. */
  readonly needs?: readonly CheckName[];
  /** It is not made when one of these is not well; one that was not made is no hindrance. */
  readonly spoiledBy?: readonly CheckName[];
  /** What to do when its time is up. */
  readonly late?: string;
  /** Undefined: it does not apply here, and is not even listed. The signal ends it when its time is up. */
  readonly check: (
    examination: Examination,
    signal: AbortSignal,
  ) => Finding | undefined | Promise<Finding | undefined>;
}
