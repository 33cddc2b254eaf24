/**
 * A local Aura for the server alone, so that everything can be tried without an account.
 *
 * @module
 */
import type { Emulator } from "../../src/emulator/mod.ts";
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
export async function startLocalAura(
  { cwd, log }: { readonly cwd: string; readonly log: (line: string) => void },
): Promise<LocalAura> {
  const emulator = await startSeeded(log);
  const logins = emulator.instances().map(({ id, name }): Readonly<Record<string, string>> => {
    const { NEO4J_USERNAME = "", NEO4J_PASSWORD = "", NEO4J_URI = "" } = emulator.env(id);
    const prefix = `AURA_WAKE_DB_${name.toUpperCase()}`;
    return {
      [`${prefix}_USERNAME`]: NEO4J_USERNAME,
      [`${prefix}_PASSWORD`]: NEO4J_PASSWORD,
      [`${prefix}_URI`]: NEO4J_URI,
      [`${prefix}_INSTANCEID`]: id,
    };
  });
  const variables: Readonly<Record<string, string>> = Object.assign({}, emulator.env(), ...logins);
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

/** Without native code it still shows everything but data. */
async function startSeeded(log: (line: string) => void): Promise<Emulator> {
  const { startEmulator } = await import("../../src/emulator/mod.ts");
  const start = (cypher: readonly string[]): Promise<Emulator> =>
    startEmulator({
      instances: [
        { name: "movies", type: "free-db", status: "paused", cypher },
        { name: "shop", type: "professional-db", memory: "2GB" },
      ],
    });
  try {
    return await start(MOVIES);
  } catch (error) {
    if (!String(Object(error).message).includes("@grafeo-db/js")) throw error;
    log(
      "The local Aura keeps no data: its engine is the package @grafeo-db/js, which is native code " +
        "(on Deno it needs --allow-ffi)",
    );
    return await start([]);
  }
}
