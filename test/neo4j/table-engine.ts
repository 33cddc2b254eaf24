import type { Engine, EngineQuery } from "../../src/emulator/engine/engine.ts";

/** An engine that answers from a table, so that every type of value goes over the wire, and counts what it is asked. */
export interface TableEngine extends Engine {
  /** Statements that ran, in order. */
  readonly ran: string[];
  commits: number;
}

/** `RETURN $p` gives the parameter back; every other statement is looked up, and gives 1 when it is not there. */
export function tableEngine(table: Readonly<Record<string, unknown>> = {}): TableEngine {
  const engine: TableEngine = {
    name: "table",
    ran: [],
    commits: 0,
    begin: () =>
      Promise.resolve({
        run({ cypher, parameters }: EngineQuery) {
          engine.ran.push(cypher);
          const value = cypher === "RETURN $p"
            ? parameters["p"]
            : cypher in table
            ? table[cypher]
            : 1n;
          return Promise.resolve({
            columns: ["v"],
            rows: [[value]],
            type: "r" as const,
            counters: {},
          });
        },
        commit() {
          engine.commits++;
          return Promise.resolve();
        },
        rollback: () => Promise.resolve(),
      }),
    close: () => Promise.resolve(),
  };
  return engine;
}
