/**
 * Opens the data plane that a seed asks for: an engine of our own, or a gate before a real Neo4j.
 *
 * @module
 */
import { type AroundQuery, type DataPlane, openDataPlane } from "./data-plane.ts";
import { cannedEngine } from "./engine/canned/canned-engine.ts";
import { defaultEngine } from "./engine/default-engine.ts";
import type { Engine } from "./engine/engine.ts";
import { grafeoEngine } from "./engine/grafeo/grafeo-engine.ts";
import { openGate } from "./gate.ts";
import type { InstanceLogin } from "./instance.ts";
import type { InstanceSeed } from "./options.ts";
import { seedData } from "./seed-data.ts";

/** What a data plane is opened for. */
export interface InstancePlaneOptions {
  readonly id: string;
  readonly seed: InstanceSeed;
  readonly login: InstanceLogin;
  readonly hostname: string;
  readonly onActivity: (access: "read" | "write") => void;
  readonly aroundQuery: AroundQuery;
}

/** Opens a data plane with its data in it; nobody answers yet. */
export async function openInstancePlane(options: InstancePlaneOptions): Promise<DataPlane> {
  const { seed, hostname, onActivity } = options;
  const place = {
    hostname,
    boltPort: seed.boltPort ?? 0,
    httpPort: seed.httpPort ?? 0,
    advertised: (): string => `${hostname}:${plane.boltPort}`,
    onActivity,
  };
  let plane: DataPlane;
  if (seed.upstream !== undefined) {
    if (seed.cypher !== undefined || seed.engine !== undefined) {
      throw new TypeError(
        `Cannot add instance "${options.id}": upstream stands instead of cypher and engine`,
      );
    }
    plane = await openGate({
      ...place,
      upstream: withoutScheme(seed.upstream),
      upstreamHttp: seed.upstreamHttp === undefined ? undefined : withoutScheme(seed.upstreamHttp),
    });
    return plane;
  }
  const { aroundQuery, login } = options;
  const { username, password, database } = login;
  const engine = await engineOf(seed);
  try {
    await seedData(options.id, engine, seed.cypher ?? []);
    const databases = [database];
    const access = { username, password, databases, aroundQuery };
    plane = await openDataPlane({ ...place, ...access, engine });
  } catch (error) {
    await engine.close();
    throw error;
  }
  return withEngine(plane, engine);
}

async function engineOf({ engine }: InstanceSeed): Promise<Engine> {
  if (engine === "grafeo") return grafeoEngine();
  return engine === "canned" ? cannedEngine() : engine ?? await defaultEngine();
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
