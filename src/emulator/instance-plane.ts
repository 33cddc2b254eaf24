/**
 * Opens the data plane that a setup asks for: an engine of our own, or a gate before a real Neo4j.
 *
 * @module
 */
import { type AroundQuery, type DataPlane, openDataPlane } from "./data-plane.ts";
import { cannedEngine } from "./engine/canned/canned-engine.ts";
import type { Engine, EngineSnapshot } from "./engine/engine.ts";
import { grafeoEngine } from "./engine/grafeo/grafeo-engine.ts";
import { openGate } from "./gate.ts";
import type { InstanceLogin } from "./instance.ts";
import type { Behind, InstanceSetup } from "./instance-setup.ts";
import { seedData } from "./seed-data.ts";

/** What a data plane is opened for. */
export interface InstancePlaneOptions {
  readonly id: string;
  readonly setup: InstanceSetup;
  readonly login: InstanceLogin;
  readonly hostname: string;
  /** The file that keeps the graph, where it is kept. */
  readonly graphPath: string | undefined;
  /** Statements that make the first data. */
  readonly cypher: string | readonly string[];
  /** Another graph to begin with. */
  readonly data: EngineSnapshot | undefined;
  readonly onActivity: (access: "read" | "write") => void;
  readonly aroundQuery: AroundQuery;
}

/** A data plane, and what answers in it. */
export interface InstancePlane {
  readonly plane: DataPlane;
  /** Undefined where a real Neo4j answers. */
  readonly engine: Engine | undefined;
}

/** Opens a data plane with its data in it; nobody answers yet. */
export async function openInstancePlane(options: InstancePlaneOptions): Promise<InstancePlane> {
  const { setup, hostname, onActivity } = options;
  const { behind } = setup;
  const place = {
    hostname,
    boltPort: setup.boltPort,
    httpPort: setup.httpPort,
    advertised: (): string => `${hostname}:${plane.boltPort}`,
    onActivity,
  };
  let plane: DataPlane;
  if (behind.kind === "upstream") {
    plane = await openGate({
      ...place,
      upstream: withoutScheme(behind.bolt),
      upstreamHttp: behind.http === undefined ? undefined : withoutScheme(behind.http),
    });
    return { plane, engine: undefined };
  }
  const { aroundQuery, login } = options;
  const { username, password, database } = login;
  const engine = engineOf(behind, options.graphPath);
  try {
    if (options.data !== undefined) await engine.restore?.(options.data);
    await seedData(options.id, engine, options.cypher);
    const databases = [database];
    const access = { username, password, databases, aroundQuery };
    plane = await openDataPlane({ ...place, ...access, engine });
  } catch (error) {
    await engine.close();
    throw error;
  }
  return { plane: withEngine(plane, engine), engine };
}

function engineOf(
  behind: Exclude<Behind, { kind: "upstream" }>,
  path: string | undefined,
): Engine {
  if (behind.kind === "own") return behind.engine;
  return behind.kind === "grafeo" ? grafeoEngine({ path }) : cannedEngine();
}

/** The engine outlives every pause, but not the instance. */
function withEngine(plane: DataPlane, engine: Engine): DataPlane {
  return {
    boltPort: plane.boltPort,
    httpPort: plane.httpPort,
    open: () => plane.open(),
    shut: (mode) => plane.shut(mode),
    async close() {
      await plane.close();
      await engine.close();
    },
  };
}

function withoutScheme(address: string): string {
  return address.replace(/^[a-z+0-9]+:\/\//i, "").replace(/\/$/, "");
}
