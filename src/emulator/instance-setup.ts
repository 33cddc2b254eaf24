/**
 * How an instance is set up: what a seed says beside what the API shows.
 *
 * @module
 */
import { defaultEngine } from "./engine/default-engine.ts";
import type { Engine } from "./engine/engine.ts";
import type { InstanceSeed } from "./options.ts";
import type { PauseMode } from "./pause-mode.ts";

/** What stands behind the doors of an instance. */
export type Behind =
  | { readonly kind: "grafeo" | "canned" }
  | { readonly kind: "own"; readonly engine: Engine }
  | { readonly kind: "upstream"; readonly bolt: string; readonly http: string | undefined };

/** How an instance is set up. */
export interface InstanceSetup {
  /** Its place among the seeds; undefined for one that the API made. */
  readonly seedIndex: number | undefined;
  readonly behind: Behind;
  readonly host: string | null | undefined;
  /** Undefined for that of the emulator. */
  readonly pauseMode: PauseMode | undefined;
  readonly boltPort: number;
  readonly httpPort: number;
}

/**
 * Reads the setup from a seed.
 *
 * @throws {TypeError} when it names an upstream and an engine or data for one
 */
export async function setupOf(
  id: string,
  seed: InstanceSeed,
  seedIndex: number | undefined,
): Promise<InstanceSetup> {
  if (seed.upstream !== undefined && (seed.cypher !== undefined || seed.engine !== undefined)) {
    throw new TypeError(
      `Cannot add instance "${id}": upstream stands instead of cypher and engine`,
    );
  }
  return {
    seedIndex,
    behind: await behindOf(seed),
    host: seed.host,
    pauseMode: seed.pauseMode,
    boltPort: seed.boltPort ?? 0,
    httpPort: seed.httpPort ?? 0,
  };
}

async function behindOf({ engine, upstream, upstreamHttp }: InstanceSeed): Promise<Behind> {
  if (upstream !== undefined) return { kind: "upstream", bolt: upstream, http: upstreamHttp };
  if (typeof engine === "object") return { kind: "own", engine };
  return { kind: engine ?? await defaultEngine() };
}
