/**
 * An engine that says of every query that it reads, and answers as it is told: what a server might do that is not to be trusted.
 *
 * @module
 */
import type {
  AccessMode,
  Engine,
  EngineQuery,
  EngineResult,
} from "../../../../src/emulator/mod.ts";

/** What it saw. */
export interface ScriptedEngine extends Engine {
  /** What ran, EXPLAIN aside, with the access it had. */
  readonly ran: { readonly cypher: string; readonly access: AccessMode }[];
  /** What was to be explained. */
  readonly explained: string[];
  rollbacks: number;
}

/** Makes one. */
export function scriptedEngine(
  answer: (query: EngineQuery) => EngineResult["rows"] | Promise<EngineResult["rows"]>,
  { columns = ["n"], operator = "ProduceResults" } = {},
): ScriptedEngine {
  const engine: ScriptedEngine = {
    name: "scripted",
    ran: [],
    explained: [],
    rollbacks: 0,
    begin: (access) =>
      Promise.resolve({
        async run(query) {
          const { cypher } = query;
          const plan = {
            operatorType: `${operator}@neo4j`,
            args: {},
            identifiers: [],
            children: [],
          };
          if (cypher.startsWith("EXPLAIN ")) {
            engine.explained.push(cypher.slice(8));
            return { columns: [], rows: [], type: "r", counters: {}, plan };
          }
          engine.ran.push({ cypher, access });
          return { columns, rows: await answer(query), type: "r", counters: {} };
        },
        commit: () => Promise.resolve(),
        rollback() {
          engine.rollbacks += 1;
          return Promise.resolve();
        },
      }),
    close: () => Promise.resolve(),
  };
  return engine;
}

/** Ten million rows, each made when it is looked at. */
export function countlessRows(seen: { most: number }): EngineResult["rows"] {
  return new Proxy<EngineResult["rows"][number][]>([], {
    get(target, key) {
      if (key === "length") return 10_000_000;
      if (typeof key !== "string" || !/^\d+$/.test(key)) return Reflect.get(target, key);
      seen.most = Math.max(seen.most, Number(key));
      return [BigInt(key)];
    },
  });
}
