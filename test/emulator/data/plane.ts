/**
 * A data plane for a test, with its engine, and drivers that are closed with it.
 *
 * @module
 */
import neo4j, { type Config, type Driver, type Session } from "neo4j-driver";
import {
  type DataPlane,
  type DataPlaneOptions,
  openDataPlane,
} from "../../../src/emulator/data-plane.ts";
import type { Engine } from "../../../src/emulator/engine/engine.ts";
import { grafeoEngine } from "../../../src/emulator/engine/grafeo/grafeo-engine.ts";

export const PASSWORD = "correct horse";

export interface TestPlane {
  readonly plane: DataPlane;
  readonly engine: Engine;
  readonly bolt: string;
  readonly http: string;
  driver(scheme?: "bolt" | "neo4j", config?: Config, password?: string): Driver;
}

/** Opens a plane, runs the work, and closes everything whatever comes of it. */
export async function withPlane(
  work: (test: TestPlane) => Promise<void>,
  options: Partial<DataPlaneOptions> = {},
): Promise<void> {
  const engine = options.engine ?? grafeoEngine();
  const drivers: Driver[] = [];
  const plane: DataPlane = await openDataPlane({
    hostname: "127.0.0.1",
    boltPort: 0,
    httpPort: 0,
    username: "neo4j",
    password: PASSWORD,
    databases: ["neo4j"],
    advertised: () => `127.0.0.1:${plane.boltPort}`,
    ...options,
    engine,
  });
  await plane.open();
  try {
    await work({
      plane,
      engine,
      bolt: `127.0.0.1:${plane.boltPort}`,
      http: `http://127.0.0.1:${plane.httpPort}`,
      driver: (scheme = "bolt", config = {}, password = PASSWORD) => {
        const driver = neo4j.driver(
          `${scheme}://127.0.0.1:${plane.boltPort}`,
          neo4j.auth.basic("neo4j", password),
          Object.assign(
            { maxTransactionRetryTime: 500, connectionAcquisitionTimeout: 10_000 },
            config,
          ),
        );
        drivers.push(driver);
        return driver;
      },
    });
  } finally {
    await Promise.all(drivers.map((driver) => driver.close()));
    await plane.close();
    await engine.close();
  }
}

/** Numbers that look random and are the same in each run. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = Math.imul(state ^ state >>> 15, state | 1);
    state ^= state + Math.imul(state ^ state >>> 7, state | 61);
    state = (state + 0x6d2b79f5) >>> 0;
    return (state >>> 8) / 0x1000000;
  };
}

/** Runs the work in a session and closes it. */
export async function inSession<Value>(
  driver: Driver,
  work: (session: Session) => Promise<Value>,
  config: Parameters<Driver["session"]>[0] = {},
): Promise<Value> {
  const session = driver.session(config);
  try {
    return await work(session);
  } finally {
    await session.close();
  }
}

/** The code of what a promise rejects with, or what it resolved to. */
export async function codeOf(promise: Promise<unknown>): Promise<unknown> {
  try {
    return { resolved: await promise };
  } catch (error) {
    return (error as { code?: unknown }).code;
  }
}
