/**
 * One instance's database as both transports see it: who may in, which names there are, and an engine behind.
 *
 * @module
 */
import {
  type AccessMode,
  type Engine,
  EngineError,
  type EngineQuery,
  type EngineResult,
  type EngineTransaction,
} from "./engine/engine.ts";
import { answerSystemQuery } from "./engine/system-queries.ts";

/** What a `Database` stands on. */
export interface DatabaseOptions {
  readonly engine: Engine;
  readonly username: string;
  readonly password: string;
  /** Database names that exist beside `system`; the first is the default. */
  readonly databases: readonly string[];
  /** What ROUTE answers as the address of every role: `host:port`. */
  readonly advertised: () => string;
  /** Nobody is asked for a password, since there is nothing behind the door. */
  readonly admitsAnybody?: boolean | undefined;
  /** Called for each query that ran: what counts against idleness. */
  readonly onActivity?: ((access: AccessMode) => void) | undefined;
}

/** What the transports talk to. */
export class Database {
  /** False while the instance is paused in the way that still answers. */
  available = true;
  readonly #options: DatabaseOptions;
  #bookmarks = 0;

  constructor(options: DatabaseOptions) {
    this.#options = options;
  }

  /** Where clients are told to go: `host:port`. */
  get advertised(): string {
    return this.#options.advertised();
  }

  /**
   * Lets a user in, or not.
   *
   * @throws {EngineError} `Neo.ClientError.Security.Unauthorized`
   */
  authenticate(username: unknown, password: unknown): void {
    const { username: wanted, password: secret, admitsAnybody } = this.#options;
    if (admitsAnybody !== true && (username !== wanted || password !== secret)) {
      throw unauthorized();
    }
  }

  /**
   * Lets somebody in by a token, which is the password: there is no identity provider here to make others.
   *
   * @throws {EngineError} `Neo.ClientError.Security.Unauthorized`
   */
  authenticateToken(token: unknown): void {
    const { password, admitsAnybody } = this.#options;
    if (admitsAnybody !== true && token !== password) throw unauthorized();
  }

  /**
   * Gives the name of the database that is meant; none means the default.
   *
   * @throws {EngineError} `Neo.ClientError.Database.DatabaseNotFound`, and
   * `Neo.TransientError.General.DatabaseUnavailable` while paused
   */
  resolve(name: string | undefined): string {
    const [first = "neo4j"] = this.#options.databases;
    const wanted = name === undefined || name === "" ? first : name;
    if (!this.available) {
      throw new EngineError(
        "Neo.TransientError.General.DatabaseUnavailable",
        `Database '${wanted}' is unavailable.`,
      );
    }
    const lower = wanted.toLowerCase();
    if (lower === "system") return lower;
    const known = this.#options.databases.find((each) => each.toLowerCase() === lower);
    if (known !== undefined) return known;
    throw new EngineError(
      "Neo.ClientError.Database.DatabaseNotFound",
      `Database does not exist. Database name: '${wanted}'.`,
    );
  }

  /** Opens a transaction. */
  async begin(access: AccessMode): Promise<EngineTransaction> {
    return await this.#options.engine.begin(access);
  }

  /** Runs a query in a transaction, or answers it here if it asks about the server and not about the graph. */
  async run(transaction: EngineTransaction, query: EngineQuery): Promise<EngineResult> {
    const result = answerSystemQuery(query.cypher, this.#options.databases, this.advertised) ??
      await transaction.run(query);
    this.#options.onActivity?.(result.type === "r" ? "read" : "write");
    return result;
  }

  /** Runs a query in a transaction of its own. */
  async runAlone(query: EngineQuery): Promise<EngineResult> {
    const transaction = await this.begin(query.access);
    try {
      const result = await this.run(transaction, query);
      await transaction.commit();
      return result;
    } catch (error) {
      await transaction.rollback();
      throw error;
    }
  }

  /** A name for what has just been committed. Any name is accepted back: there is one server, and it is up to date. */
  bookmark(): string {
    this.#bookmarks += 1;
    return `FB:emulator:${this.#bookmarks}`;
  }
}

function unauthorized(): EngineError {
  return new EngineError(
    "Neo.ClientError.Security.Unauthorized",
    "The client is unauthorized due to authentication failure.",
  );
}
