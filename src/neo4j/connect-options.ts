/**
 * What a connection is made with, the same over both transports.
 *
 * @module
 */
import type { WakeApi } from "../aura/instance.ts";
import type { AuraOptions } from "../aura/settings.ts";
import type { Clock } from "../clock.ts";
import type { SettingsProblem } from "../config/names.ts";
import type { Waker, WakerOptions } from "../wake/waker.ts";

/** Options of `connect()`. */
export interface ConnectOptions {
  /**
   * `neo4j+s://<id>.databases.neo4j.io` and every other address that the driver takes, over Bolt; `https://…` (plain `http://` to
   * loopback only) over the HTTP Query API.
   */
  readonly uri: string;
  /** @default "neo4j" */
  readonly username?: string | undefined;
  readonly password: string;
  /** Newer Aura instances name it after their id. @default the home database; "neo4j" over the Query API */
  readonly database?: string | undefined;
  /**
   * The Aura API, or how to sign in to it: the connection then makes its own waker.
   *
   * @default none: nothing can be woken, unless there is a `waker`
   */
  readonly aura?: WakeApi | AuraOptions | undefined;
  /**
   * A waker to share; `aura` is not needed then.
   *
   * @default the connection's own, if there is `aura`
   */
  readonly waker?: Waker | undefined;
  /** @default the first label of a `*.databases.neo4j.io` host */
  readonly instanceId?: string | undefined;
  /**
   * How the connection's own waker wakes.
   *
   * @default the defaults of `WakerOptions`
   */
  readonly wake?: Partial<Omit<WakerOptions, "aura" | "instanceId" | "host" | "probe">> | undefined;
  /**
   * The longest that one query may take, in milliseconds. It also ends a query on a connection that has silently died, for which
   * the driver has no limit of its own.
   *
   * @default 30_000
   */
  readonly queryTimeoutMs?: number | undefined;
  /**
   * Where the Query API is.
   *
   * @default the host of `uri`, over https
   */
  readonly queryApiUrl?: string | undefined;
  /** Receives the Query API's requests. @default the runtime's fetch, looked up at each call */
  readonly fetch?: ((request: Request) => Promise<Response>) | undefined;
  /** The time of the connection's own waker. @default the machine's clock */
  readonly clock?: Clock | undefined;
  /**
   * Goes to `neo4j.driver()`, over our own time-outs; a `resolver`, for example.
   *
   * @default time-outs of seconds, where the driver's own take a minute and more
   */
  readonly driverConfig?: Readonly<Record<string, unknown>> | undefined;
  /**
   * How long `wake()` lets a request wait for this connection, in milliseconds.
   *
   * @default the default of `wake()`
   */
  readonly holdMs?: number | undefined;
  /**
   * What `fromEnv()` found wrong with the variables; `wake()` tells of it.
   *
   * @default nothing
   */
  readonly problems?: readonly SettingsProblem[] | undefined;
}
