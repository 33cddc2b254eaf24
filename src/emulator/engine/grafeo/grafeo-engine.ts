/**
 * The engine with real Cypher: Grafeo, an optional dependency that is loaded with the first query.
 *
 * @see {@link https://grafeo.dev | Grafeo}
 * @module
 */
import type { GrafeoDB } from "@grafeo-db/js";
import type { AccessMode, Engine, EngineTransaction } from "../engine.ts";
import { WriteLock } from "../write-lock.ts";
import { GrafeoTransaction } from "./grafeo-transaction.ts";

/** How a Grafeo engine is made. */
export interface GrafeoEngineOptions {
  /**
   * A file to keep the data in.
   *
   * @default in memory
   */
  readonly path?: string | undefined;
  /**
   * How long a transaction waits for another one that writes, in milliseconds.
   *
   * @default 10_000
   */
  readonly lockTimeoutMs?: number | undefined;
}

/**
 * Makes an engine that runs Cypher on Grafeo.
 *
 * @example
 * ```ts
 * import { grafeoEngine, startEmulator } from "aura-wake/emulator";
 * import assert from "node:assert/strict";
 *
 * const engine = grafeoEngine({ lockTimeoutMs: 500 });
 * await using aura = await startEmulator({
 *   instances: [{ engine, cypher: "CREATE (:Movie {title: 'Heat'})" }],
 * });
 * assert.equal(aura.status(), "running");
 * ```
 *
 * @throws {Error} from its first use, when the optional package `@grafeo-db/js` is not there
 */
export function grafeoEngine(options: GrafeoEngineOptions = {}): Engine {
  return new GrafeoEngine(options);
}

/** Whether the package is there, and has a build for this machine. */
export async function isGrafeoAvailable(): Promise<boolean> {
  return await loadGrafeo().then(() => true, () => false);
}

class GrafeoEngine implements Engine {
  readonly name = "grafeo";
  readonly #options: GrafeoEngineOptions;
  readonly #lock: WriteLock;
  #database: Promise<GrafeoDB> | undefined;
  #closed = false;

  constructor(options: GrafeoEngineOptions) {
    this.#options = options;
    this.#lock = new WriteLock(options.lockTimeoutMs ?? 10_000);
  }

  async begin(access: AccessMode): Promise<EngineTransaction> {
    if (this.#closed) throw new Error("Cannot begin a transaction: the engine is closed");
    this.#database ??= loadGrafeo().then((grafeo) => grafeo.create(this.#options.path ?? null));
    return new GrafeoTransaction(await this.#database, this.#lock, access);
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    const database = await this.#database?.catch(() => undefined);
    database?.close();
  }
}

async function loadGrafeo(): Promise<typeof GrafeoDB> {
  try {
    const module: typeof import("@grafeo-db/js") & { default?: typeof import("@grafeo-db/js") } =
      await import("@grafeo-db/js");
    // It is CommonJS: Deno sees its exports on the default one only.
    return (module.default ?? module).GrafeoDB;
  } catch (cause) {
    throw new Error(
      "Cannot load the Cypher engine: install the optional package @grafeo-db/js, or use the canned engine",
      { cause },
    );
  }
}
