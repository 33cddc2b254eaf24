import { WriteLock } from "../write-lock.js";
import { GrafeoTransaction } from "./grafeo-transaction.js";
/**
 * Makes an engine that runs Cypher on Grafeo.
 *
 * @throws Error from its first use, when the optional package `@grafeo-db/js` is not there
 */
export function grafeoEngine(options = {}) {
    return new GrafeoEngine(options);
}
/** Whether the package is there, and has a build for this machine. */
export async function isGrafeoAvailable() {
    return await loadGrafeo().then(() => true, () => false);
}
class GrafeoEngine {
    name = "grafeo";
    #options;
    #lock;
    #database;
    #closed = false;
    constructor(options) {
        this.#options = options;
        this.#lock = new WriteLock(options.lockTimeoutMs ?? 10_000);
    }
    async begin(access) {
        if (this.#closed)
            throw new Error("Cannot begin a transaction: the engine is closed");
        this.#database ??= loadGrafeo().then((grafeo) => grafeo.create(this.#options.path ?? null));
        return new GrafeoTransaction(await this.#database, this.#lock, access);
    }
    async close() {
        if (this.#closed)
            return;
        this.#closed = true;
        const database = await this.#database?.catch(() => undefined);
        database?.close();
    }
}
async function loadGrafeo() {
    try {
        const module = await import("@grafeo-db/js");
        // It is CommonJS: Deno sees its exports on the default one only.
        return (module.default ?? module).GrafeoDB;
    }
    catch (cause) {
        throw new Error("Cannot load the Cypher engine: install the optional package @grafeo-db/js, or use the canned engine", { cause });
    }
}
