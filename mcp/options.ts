/**
 * What the MCP server is made with.
 *
 * @module
 */
import type { AuraCredentials } from "../src/aura/settings.ts";
import type { Clock } from "../src/clock.ts";
import type { DatabaseCredentials } from "../src/config/database-credentials.ts";
import type { Surroundings } from "../src/config/folders.ts";
import type { OperateState } from "../src/operate/context.ts";
import type { SecretSink } from "../src/operate/secrets/secret-place.ts";
import type { Mode } from "./mode.ts";
import type { Scope } from "./scope.ts";
import type { Toolset } from "./tool.ts";

/** How a call of a tool ended. */
export type ToolOutcome =
  | "ok"
  | "error"
  | "declined"
  | "needs_confirmation"
  /** Aura accepted it, and it did not come to what was wanted. */
  | "failed"
  | "cancelled";

/** Options of `createAuraMcpServer()`; everything may be left out. */
export interface AuraMcpOptions extends Scope {
  /** A key of the Aura API. @default what the variables and files of this machine say */
  readonly credentials?: AuraCredentials | undefined;
  /** Where the Aura API is. @default "https://api.neo4j.io" */
  readonly baseUrl?: string | undefined;
  /** What the server may do at most. @default "read" */
  readonly mode?: Mode | undefined;
  /** @default all but `database` */
  readonly toolsets?: readonly Toolset[] | undefined;
  /** Only these of them, by name. @default all of the toolsets */
  readonly tools?: readonly string[] | undefined;
  /** Not these, by name. @default none */
  readonly excludeTools?: readonly string[] | undefined;
  /** What the name of every tool begins with, for two servers side by side. @default nothing */
  readonly prefix?: string | undefined;
  /**
   * How a person consents to what destroys: asked by the client's form (and where there is none, the call is refused), or by a
   * preview and a token, which proves only that the model has seen the preview.
   *
   * @default "ask"
   */
  readonly confirm?: "ask" | "token" | undefined;
  /** Tools that need nobody's consent, by name: for use with nobody there. @default none */
  readonly noConfirm?: readonly string[] | undefined;
  /** Where passwords and keys go that Aura shows once. @default files of mode 0600 in `secretsFolder` */
  readonly secrets?: SecretSink | undefined;
  /** @default the working folder */
  readonly secretsFolder?: string | undefined;
  /** Logins of databases by name. @default `AURA_WAKE_DB_<NAME>_*`, and the files of that name */
  readonly databases?:
    | ((name: string) => DatabaseCredentials | undefined | Promise<DatabaseCredentials | undefined>)
    | undefined;
  /** What remembers import jobs, and when instances were used. @default the file `AURA_WAKE_JOURNAL`, else in the user's data folder */
  readonly state?: OperateState | undefined;
  /** Where variables and files are read. @default this process and its user */
  readonly surroundings?: Surroundings | undefined;
  /** A file with credentials, as the Aura console gives it. @default none */
  readonly credentialsFile?: string | undefined;
  /** What requests to Aura and to the Query API go through. @default the runtime's fetch */
  readonly fetch?: ((request: Request) => Promise<Response>) | undefined;
  /** @default the machine's clock */
  readonly clock?: Clock | undefined;
  /** Told of each call of a tool when it is over; what it throws is dropped. @default nobody */
  readonly onToolCall?:
    | ((tool: string, outcome: ToolOutcome, durationMs: number) => void)
    | undefined;
  /** Told of what happens beside results: warnings of the settings, calls that went wrong. Never a secret; what it throws is dropped. @default nobody */
  readonly log?: ((line: string) => void) | undefined;
}
