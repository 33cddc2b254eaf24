/**
 * Connections over Bolt, with the user's neo4j-driver.
 *
 * @module
 */
import { AuraWakeError } from "../errors.ts";
import { classify, markReached } from "../wake/classify.ts";
import { toDriverParameters, toPlain } from "./bolt-values.ts";
import { bounded } from "./bounded.ts";
import type { ConnectOptions } from "./connect-options.ts";
import type { Connection, Parameters, QueryOptions, Row } from "./connection.ts";
import { type BoltDriver, type BoltModule, type BoltSession, loadDriver } from "./bolt-driver.ts";
import { guardSession, isTransient, mayRunAgain } from "./guarded-session.ts";
import { isSilent, type Resolver, silenceError } from "./silence.ts";
import { checkOptions, runAwake, wakerFor } from "./waking.ts";

/** For the connection, and for the host's first word on it. */
const CONNECT_MS = 5_000;

/** So that a dead host shows in seconds; the driver's own take a minute, and an hour for stale connections. */
const DRIVER_CONFIG: Readonly<Record<string, unknown>> = {
  connectionTimeout: CONNECT_MS,
  connectionAcquisitionTimeout: 10_000,
  maxTransactionRetryTime: 2_000,
  connectionLivenessCheckTimeout: 30_000,
  maxConnectionLifetime: 15 * 60_000,
};

type AccessMode = "READ" | "WRITE";

/** How far a transaction came. */
interface Progress {
  /** Its statement is out. A connection that breaks from here on says nothing about whether it arrived. */
  sent: boolean;
  committing: boolean;
}

interface Opened {
  readonly neo4j: BoltModule;
  readonly driver: BoltDriver;
}

/**
 * Connects over Bolt. Nothing is loaded or opened before the first query.
 *
 * @throws {AuraWakeError} CONFIG_INCOMPLETE when something is missing
 * @throws {AuraWakeError} CONFIG_INVALID for an option that cannot be used
 */
export function connectBolt(options: ConnectOptions): Connection<BoltSession> {
  checkOptions(options);
  const { database, queryTimeoutMs = 30_000, problems, holdMs, driverConfig } = options;
  const handshakeMs = Number(driverConfig?.["connectionTimeout"] ?? CONNECT_MS);
  let opening: Promise<Opened> | undefined;
  /** Whether the host answered, the last time that it was asked anything. */
  let answers = false;
  let silence: Promise<boolean> | undefined;
  const closing = new AbortController();
  const waker = wakerFor(options, (signal) => transact("READ", "RETURN 1", {}, signal));

  async function open(): Promise<Opened> {
    closing.signal.throwIfAborted();
    const promise = opening ??= openDriver(options);
    try {
      return await promise;
    } catch (error) {
      opening = undefined;
      throw error;
    }
  }

  async function withSession<T>(
    mode: AccessMode,
    signal: AbortSignal | undefined,
    work: (session: BoltSession, neo4j: BoltModule, isOver: () => boolean) => Promise<T>,
  ): Promise<T> {
    const { neo4j, driver } = await open();
    const session = driver.session({ defaultAccessMode: mode, ...(database && { database }) });
    async function start(isOver: () => boolean): Promise<T> {
      if (!answers && await isHostSilent()) throw silenceError(handshakeMs);
      return await work(session, neo4j, isOver);
    }
    try {
      const result = await bounded(start, {
        signals: [signal, closing.signal],
        // The server's own limit comes first, so that its connection stays usable.
        timeoutMs: queryTimeoutMs + 500,
        abandon: () => killConnections(session),
        isDead: isHostSilent,
      });
      answers = true;
      return result;
    } catch (error) {
      answers = classify(error).reached === "yes";
      throw error;
    } finally {
      // Not awaited: its outcome changes nothing, and on a dead connection there is none.
      session.close().catch(() => {});
    }
  }

  /** Asked once for all who wait. */
  async function isHostSilent(): Promise<boolean> {
    const { uri } = options;
    const resolver = driverConfig?.["resolver"] as Resolver | undefined;
    silence ??= isSilent({ uri, resolver, timeoutMs: handshakeMs, signal: closing.signal });
    try {
      return await silence;
    } finally {
      silence = undefined;
    }
  }

  async function tryOnce(
    mode: AccessMode,
    cypher: string,
    parameters: Parameters,
    signal: AbortSignal | undefined,
    progress: Progress,
  ): Promise<Row[]> {
    return await withSession(mode, signal, async (session, neo4j, isOver) => {
      const values = toDriverParameters(neo4j, parameters);
      const transaction = await session.beginTransaction({ timeout: queryTimeoutMs });
      progress.sent = true;
      const { records } = await transaction.run(cypher, values);
      const rows = records.map((record) =>
        Object.fromEntries(record.keys.map((key) => [String(key), toPlain(record.get(key))]))
      );
      // Who asked has been told that nothing came of it.
      if (isOver()) return [];
      progress.committing = true;
      await transaction.commit();
      return rows;
    });
  }

  async function transact(
    mode: AccessMode,
    cypher: string,
    parameters: Parameters = {},
    signal?: AbortSignal,
  ): Promise<Row[]> {
    for (let tries = 1;; tries++) {
      const progress: Progress = { sent: false, committing: false };
      try {
        return await tryOnce(mode, cypher, parameters, signal, progress);
      } catch (error) {
        if (signal?.aborted) throw error;
        const { sent, committing } = progress;
        const isSafe = mode === "READ" || !sent || isTransient(error);
        if (tries > 1 || !isSafe || !mayRunAgain(error, committing)) {
          // The database's own answer says more than how far we came.
          if (!sent && classify(error).reached !== "yes") markReached(error, "no");
          else if (committing) markReached(error, "maybe");
          throw error;
        }
      }
    }
  }

  async function run<T>(
    work: (session: BoltSession) => Promise<T>,
    query?: QueryOptions,
  ): Promise<T> {
    return await runAwake(waker, (signal) =>
      withSession("WRITE", signal, async (session) => {
        const guard = guardSession(session);
        try {
          return await work(session);
        } catch (error) {
          guard.markFailure(error);
          throw error;
        }
      }), query);
  }

  return {
    waker,
    problems,
    holdMs,
    read: (cypher, parameters, query) =>
      runAwake(
        waker,
        (signal) => transact("READ", cypher, parameters, signal),
        query,
        true,
      ) as never,
    write: (cypher, parameters, query) =>
      runAwake(waker, (signal) => transact("WRITE", cypher, parameters, signal), query) as never,
    run,
    verifyConnectivity: async () => void await transact("READ", "RETURN 1"),
    close: async () => {
      closing.abort(
        new AuraWakeError("AURA_NO_CONNECTION", "Cannot query: this connection is closed"),
      );
      if (waker !== options.waker) waker?.close();
      await opening?.then(({ driver }) => driver.close(), () => {});
    },
  };
}

async function openDriver(options: ConnectOptions): Promise<Opened> {
  const { uri, username = "neo4j", password, driverConfig } = options;
  const neo4j = await loadDriver();
  const config = { ...DRIVER_CONFIG, ...driverConfig };
  return { neo4j, driver: neo4j.driver(uri, neo4j.auth.basic(username, password), config) };
}

/**
 * Ends the sockets of a session whose query hangs. The driver has no word for it: closing a session waits for an answer first, and
 * closing the driver leaves connections in use alone, so that a dead one would keep the process alive.
 */
function killConnections(session: BoltSession): void {
  const holders = session as unknown as Record<string, { _connectionPromise?: Promise<unknown> }>;
  for (const name of ["_readConnectionHolder", "_writeConnectionHolder"]) {
    holders[name]?._connectionPromise?.then((connection) => {
      return (connection as { close?(): Promise<void> } | null)?.close?.();
    }).catch(() => {});
  }
}
