/**
 * An instance and its API in a few lines of plain data, on a clock that tests move: for what a real server cannot be told to do
 * at a given millisecond.
 *
 * @module
 */
import type { Instance, WakeApi } from "../../src/aura/instance.ts";
import type { Clock } from "../../src/clock.ts";

/** What a test may set, and what it may look at. */
export interface SleepyInstance extends WakeApi {
  status: string;
  /** Whether a query answers. */
  serves: boolean;
  connectionUrl: string | null;
  resumeMs: number;
  /** How much later than the port the status turns `running`; negative: earlier. */
  lagMs: number;
  /** Called before each answer; what it throws or returns is the answer. */
  onGet: (() => Instance | Promise<Instance> | undefined) | undefined;
  onResume: (() => Instance | Promise<Instance> | undefined) | undefined;
  readonly reads: number[];
  readonly resumes: number[];
  readonly probes: number[];
  readonly probe: () => Promise<void>;
}

export class ApiAnswer extends Error {
  readonly code = "AURA_API";
  readonly status: number;
  readonly reason: string | undefined;
  readonly signIn: boolean;
  constructor(status: number, reason?: string, signIn = false) {
    super(`Cannot call the API: ${status}`);
    this.status = status;
    this.reason = reason;
    this.signIn = signIn;
  }
}

export class NoAnswer extends Error {
  readonly code = "AURA_UNREACHABLE";
}

/** What a driver throws when the host is refused: never arrived. */
export function refused(): Error {
  return Object.assign(
    new Error(
      "Failed to connect to server. Caused by: connect ECONNREFUSED 10.0.0.1:7687",
    ),
    { code: "ServiceUnavailable", name: "Neo4jError" },
  );
}

/** What a driver throws when the name is gone: never arrived. */
export function nameGone(host = "a1b2c3d4.databases.neo4j.io"): Error {
  return Object.assign(
    new Error(`Failed to connect to server. Caused by: getaddrinfo ENOTFOUND ${host}`),
    { code: "ServiceUnavailable", name: "Neo4jError" },
  );
}

/** What a driver throws when the connection breaks in a query: it may have arrived. */
export function brokenOff(): Error {
  return Object.assign(new Error("Connection was closed by server"), {
    code: "ServiceUnavailable",
    name: "Neo4jError",
  });
}

export function sleepyInstance(clock: Clock, status = "paused"): SleepyInstance {
  const reads: number[] = [];
  const resumes: number[] = [];
  const probes: number[] = [];
  const self: SleepyInstance = {
    status,
    serves: status === "running",
    connectionUrl: "neo4j+s://a1b2c3d4.databases.neo4j.io",
    resumeMs: 10_000,
    lagMs: 0,
    onGet: undefined,
    onResume: undefined,
    reads,
    resumes,
    probes,
    instances: {
      async get() {
        reads.push(clock.now());
        await Promise.resolve();
        return await self.onGet?.() ?? answer();
      },
      async resume() {
        resumes.push(clock.now());
        const scripted = await self.onResume?.();
        if (scripted) return scripted;
        if (self.status !== "paused") throw new ApiAnswer(409, "ongoing-database-operation");
        self.status = "resuming";
        void clock.sleep(self.resumeMs + Math.min(self.lagMs, 0)).then(async () => {
          if (self.lagMs < 0) self.status = "running";
          else self.serves = true;
          await clock.sleep(Math.abs(self.lagMs));
          self.serves = true;
          self.status = "running";
        });
        return answer();
      },
    },
    async probe() {
      probes.push(clock.now());
      await Promise.resolve();
      if (!self.serves) throw refused();
    },
  };
  function answer(): Instance {
    return {
      id: "a1b2c3d4",
      name: "orders",
      tenant_id: "t",
      cloud_provider: "gcp",
      status: self.status,
      connection_url: self.connectionUrl,
    };
  }
  return self;
}
