/**
 * The engine with real Cypher: Grafeo, an optional dependency that is loaded with the first query.
 *
 * @see {@link https://grafeo.dev | Grafeo}
 * @module
 */
import type { GrafeoDB } from "@grafeo-db/js";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import type {
  AccessMode,
  Engine,
  EngineSnapshot,
  EngineTransaction,
  GraphSize,
} from "../engine.ts";
import { WriteLock } from "../write-lock.ts";
import {
  copyGraph,
  type OpenGraph,
  openGraph,
  type ReplacedGraph,
  replaceGraph,
  temporaryDirectory,
} from "./graph-file.ts";
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
  #graph: Promise<OpenGraph> | undefined;
  /** Where a database that began in memory stands after a restore. */
  #temporary: string | undefined;
  #closed = false;

  constructor(options: GrafeoEngineOptions) {
    this.#options = options;
    this.#lock = new WriteLock(options.lockTimeoutMs ?? 10_000);
  }

  async begin(access: AccessMode): Promise<EngineTransaction> {
    const { database } = await this.#open("begin a transaction");
    return new GrafeoTransaction(database, this.#lock, access);
  }

  async snapshot(): Promise<EngineSnapshot> {
    const { database } = await this.#open("copy the graph");
    return { engine: this.name, bytes: await copyGraph(database) };
  }

  async restore(snapshot: EngineSnapshot): Promise<void> {
    if (snapshot.engine !== this.name) {
      throw new Error(
        `Cannot restore the graph: the copy is one of the engine "${snapshot.engine}"`,
      );
    }
    const replaced = this.#replace(this.#open("restore the graph"), snapshot.bytes);
    // Whoever comes meanwhile gets the new graph, or the old one if it stays.
    this.#graph = replaced.then(({ graph }) => graph);
    const { failure } = await replaced;
    if (failure !== undefined) throw failure;
  }

  async size(): Promise<GraphSize> {
    const { database } = await this.#open("count");
    return { nodes: database.nodeCount(), relationships: database.edgeCount() };
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    const graph = await this.#graph?.catch(() => undefined);
    graph?.database.close();
    if (this.#temporary !== undefined) await rm(this.#temporary, { recursive: true, force: true });
  }

  async #open(what: string): Promise<OpenGraph> {
    if (this.#closed) throw new Error(`Cannot ${what}: the engine is closed`);
    this.#graph ??= loadGrafeo().then((grafeo) => openGraph(grafeo, this.#options.path));
    return await this.#graph;
  }

  async #replace(open: Promise<OpenGraph>, bytes: Uint8Array): Promise<ReplacedGraph> {
    const old = await open;
    let release: (() => void) | undefined;
    try {
      release = await this.#lock.acquire();
      const place = old.path ?? join(this.#temporary ??= await temporaryDirectory(), "graph");
      return await replaceGraph(await loadGrafeo(), old, bytes, place);
    } catch (failure) {
      return { graph: old, failure };
    } finally {
      release?.();
    }
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
