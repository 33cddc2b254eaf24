/**
 * A local Aura for the server alone, so that everything can be tried without an account.
 *
 * @module
 */
import type { Surroundings } from "../../src/config/folders.ts";

/** It runs, and nothing else is asked. */
export interface LocalAura {
  /** Its variables, and no file of this machine: what is tried here must never reach a real account. */
  readonly surroundings: Surroundings;
  close(): Promise<void>;
}

const MOVIES = [
  "CREATE (:Movie {title: 'Heat', year: 1995}), (:Movie {title: 'Ronin', year: 1998})",
  "MATCH (m:Movie) CREATE (:Person {name: 'Robert De Niro'})-[:ACTED_IN]->(m)",
];

/** Starts it: `movies` is asleep, `shop` is awake and of a type that may have GraphQL Data APIs. */
export async function startLocalAura(cwd: string): Promise<LocalAura> {
  const { startEmulator } = await import("../../src/emulator/mod.ts");
  const emulator = await startEmulator({
    instances: [
      { name: "movies", type: "free-db", status: "paused", cypher: MOVIES },
      { name: "shop", type: "professional-db", memory: "2GB" },
    ],
  });
  const variables: Readonly<Record<string, string>> = emulator.env();
  return {
    surroundings: {
      env: (name) => variables[name],
      home: undefined,
      platform: "linux",
      cwd,
      readFile: () => Promise.reject(Object.assign(new Error("no files"), { code: "ENOENT" })),
    },
    close: () => emulator.close(),
  };
}
