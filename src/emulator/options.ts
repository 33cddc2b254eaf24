/**
 * What can be set on the local Aura.
 *
 * @module
 */
import type { PauseMode } from "./pause-mode.ts";
import type { Engine } from "./engine/engine.ts";
import type { ClockSetting } from "./timeline.ts";

/** An instance that is there from the beginning. */
export interface InstanceSeed {
  /** The id in the API's paths. @default eight random hex digits */
  readonly id?: string;
  /** The name that the console shows. @default "demo" for the first one, else its id */
  readonly name?: string;
  /** A v1 type such as `"professional-db"`. @default "free-db" */
  readonly type?: string;
  /** Any status; `resuming`, `pausing` and `creating` go on from there. @default "running" */
  readonly status?: string;
  /** For example `"4GB"`. @default "1GB" for `free-db`, else "2GB" */
  readonly memory?: string;
  /** The tenant that it belongs to. @default the first tenant */
  readonly tenantId?: string;
  /** The API's `created_at`. @default the time of the start */
  readonly createdAt?: string;
  /** Who may sign in to the database. @default "neo4j" */
  readonly username?: string;
  /** With what. @default "local-aura-password" */
  readonly password?: string;
  /** The home database. @default "neo4j" */
  readonly database?: string;
  /** Statements that make its first data, run in one transaction. @default none, the database is empty */
  readonly cypher?: string | readonly string[];
  /**
   * `bolt://host:port`, without TLS, of a real Neo4j that stands behind this instance instead of an engine.
   *
   * @default none, an engine answers
   */
  readonly upstream?: string;
  /** `http://host:port` of that Neo4j's Query API. @default none, the HTTP port refuses */
  readonly upstreamHttp?: string;
  /** What runs the queries. @default "grafeo" where `@grafeo-db/js` is installed, else "canned" */
  readonly engine?: "grafeo" | "canned" | Engine;
  /**
   * The host in `connection_url`, where it is another one than that of the local port: projects with several databases
   * carry the database's id there. Null for no `connection_url` at all.
   *
   * @default the host and port of `NEO4J_URI` in `env()`
   */
  readonly host?: string | null;
  /** How it meets its clients while it is paused. @default that of the emulator */
  readonly pauseMode?: PauseMode;
  /** The port of Bolt. @default 0, any free one */
  readonly boltPort?: number;
  /** The port of the Query API. @default 0, any free one */
  readonly httpPort?: number;
}

/** An API key. */
export interface ApiClient {
  /** Its public half. */
  readonly clientId: string;
  /** Its secret half. */
  readonly clientSecret: string;
}

/** A tenant, which newer versions of the API call a project. */
export interface TenantSeed {
  /** The id in the API's paths. */
  readonly id: string;
  /** The name that the console shows. */
  readonly name: string;
}

/** An organization, which owns projects. */
export interface OrganizationSeed {
  /** The id in the API's paths. */
  readonly id: string;
  /** The name that the console shows. */
  readonly name: string;
  /** The tenants that it owns. @default all that no other organization names */
  readonly projectIds?: readonly string[];
}

/** What the API's documentation leaves open, as status codes. 202 means that it is done. */
export interface OpenAnswers {
  /** Resume of a running instance. @default 409 */
  readonly resumeRunning?: 202 | 400 | 409;
  /** Resume of an instance that is being paused. @default 409 */
  readonly resumePausing?: 202 | 409;
  /** Pause of a Free instance. @default 400 */
  readonly pauseFree?: 202 | 400 | 409 | 420;
  /** Pause of a paused instance. @default 400 */
  readonly pausePaused?: 202 | 400 | 409;
  /** One Free instance too many. @default 402 */
  readonly quota?: 402 | 405;
  /** The status while an instance is being resized. @default "updating" */
  readonly resizeStatus?: "updating" | "resizing";
  /** Whether a completed snapshot can seed another instance. @default true */
  readonly snapshotExportable?: boolean;
  /** How a GraphQL Data API is told to sign in to its instance; the other way is 400. @default "either" */
  readonly dataApiCredentials?: "either" | "username-password" | "service-account";
  /** A change of a Data API that is being updated; 202 lets it take the place of the first. @default 409 */
  readonly dataApiUpdating?: 202 | 409;
  /** The status after an update with type definitions that are wrong; the old ones are served on. @default "ready" */
  readonly dataApiBadUpdate?: "ready" | "error";
  /** Creation of an import job. @default 201 */
  readonly importCreate?: 200 | 201;
  /** What is not known yet of an import job: its times, and how it ended. @default "null" */
  readonly importUnset?: "null" | "absent";
}

/** How long things take, in milliseconds of the emulator's clock. */
export interface Durations {
  /** From the call to `running`. @default 5_000 */
  readonly resumeMs?: number;
  /** From the call to `paused`. @default 1_000 */
  readonly pauseMs?: number;
  /** From the call to `running`. @default 2_000 */
  readonly createMs?: number;
  /** From the call until the API knows it no more. @default 1_000 */
  readonly deleteMs?: number;
  /** From a change of the size, or an upgrade, to `running` again. @default 1_000 */
  readonly updateMs?: number;
  /** From the call until a snapshot is `Completed`; the data are those of the call. @default 1_000 */
  readonly snapshotMs?: number;
  /** From the restore of a snapshot to `running` again. @default 2_000 */
  readonly restoreMs?: number;
  /** From the overwrite with other data to `running` again. @default 2_000 */
  readonly overwriteMs?: number;
  /** From each call about a GraphQL Data API until it is `ready`, `paused` or gone. @default 1_000 */
  readonly dataApiMs?: number;
  /** From the start of an import job to its end, where no script says otherwise. @default 3_000 */
  readonly importMs?: number;
  /**
   * After a resume the status turns `running` so long after the database answers; when negative, so long before.
   *
   * @default 0
   */
  readonly statusLagMs?: number;
  /** So long after its creation the API does not know an instance yet. @default 0 */
  readonly unknownAfterCreateMs?: number;
}

/** How a local Aura is started. */
export interface EmulatorOptions extends Durations {
  /** Where all ports listen. @default "127.0.0.1" */
  readonly hostname?: string;
  /** Of the control plane. @default 0, any free one */
  readonly port?: number;
  /** What is there at the start. @default one running Free instance named "demo" */
  readonly instances?: readonly InstanceSeed[];
  /** The tenants of the account. @default one, named "Local" */
  readonly tenants?: readonly TenantSeed[];
  /** The organizations that own the tenants. @default one, named "Local" */
  readonly organizations?: readonly OrganizationSeed[];
  /** The import models that there are; jobs of others are refused. @default every id is one */
  readonly importModels?: readonly string[];
  /** The API keys that may sign in. @default one: "local-aura-client" with "local-aura-secret" */
  readonly clients?: readonly ApiClient[];
  /** How its time passes. @default "real" */
  readonly clock?: ClockSetting;
  /** How a paused instance meets its clients. @default "refuse" */
  readonly pauseMode?: PauseMode;
  /** How long a token is good for, in milliseconds. @default 3_600_000 */
  readonly tokenLifetimeMs?: number;
  /** For each client id; false for no limit. @default 125 */
  readonly requestsPerMinute?: number | false;
  /** Whether a Free instance is paused when nothing (or nothing but reads) came for `idleMs`. @default false */
  readonly pauseWhenIdle?: false | "any-query" | "writes";
  /** How long that is, in milliseconds. @default 259_200_000, 72 hours */
  readonly idleMs?: number;
  /** Whether a Free instance that was paused so long is deleted; Aura does it after 30 days. @default false */
  readonly deleteWhenPausedForMs?: false | number;
  /** Whether a paid instance that was paused so long is resumed; Aura does it after 30 days. @default false */
  readonly resumeWhenPausedForMs?: false | number;
  /** How often a snapshot of each running paid instance is taken by itself; Aura does it daily. @default false */
  readonly scheduleSnapshotsMs?: false | number;
  /** Whether the account has billing details, without which nothing can be created. @default true */
  readonly billing?: boolean;
  /** What to answer where the API's documentation says nothing. @default as each of them says */
  readonly answers?: OpenAnswers;
  /**
   * A directory that keeps everything, also when the process is killed: the next start with the same options goes on
   * from there, and `instances` adds only what was never there. It holds passwords; only its owner can read it.
   *
   * @default nothing is kept
   */
  readonly persist?: string;
}
