/**
 * An account with all that may be in one, its variables with all the secrets that they may hold, and a folder.
 *
 * @module
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Emulator, type EmulatorOptions, startEmulator } from "../../../src/emulator/mod.ts";
import { Canaries, HOSTILE, SECRETS } from "./canaries.ts";
import { type Cloud, startCloud, type Trouble, TROUBLES } from "./cloud.ts";
import { Emitted } from "./emitted.ts";
import { ID } from "./story.ts";

/** It. */
export interface World extends AsyncDisposable {
  readonly aura: Emulator;
  readonly cloud: Cloud;
  readonly canaries: Canaries;
  readonly emitted: Emitted;
  readonly env: Readonly<Record<string, string>>;
  /** Where secrets may be put, and nothing else is. */
  readonly folder: string;
  /** Of whoever runs processes. */
  readonly home: string;
  /** The file of what processes remember. */
  readonly journal: string;
}

export const CLIENT_ID = "server-client";
const clientSecret = SECRETS["client secret"];

/** The client to which this happens. */
export function unlucky({ where, status }: Trouble): { clientId: string; clientSecret: string } {
  return { clientId: `${where}-${status}`, clientSecret };
}

const OPTIONS: EmulatorOptions = {
  requestsPerMinute: false,
  clock: { scale: 50 },
  clients: [{ clientId: CLIENT_ID, clientSecret }, ...TROUBLES.map(unlucky)],
  instances: [
    {
      id: ID.orders,
      name: HOSTILE,
      type: "professional-db",
      memory: "2GB",
      password: SECRETS["database password"],
      cypher: "CREATE (:Movie {title: 'evil\u202e\u0007\u200b'})",
    },
    { id: ID.demo, name: `${HOSTILE} demo`, password: SECRETS["password of the login demo"] },
    {
      id: ID.asleep,
      name: `asleep ${HOSTILE}`,
      type: "professional-db",
      status: "paused",
      password: SECRETS["password of the login asleep"],
    },
    { id: ID.twin, name: "twin", type: "professional-db" },
  ],
};

/** Makes it. */
export async function startWorld(): Promise<World> {
  const canaries = new Canaries();
  const aura = await startEmulator(OPTIONS);
  // The second one is cancelled, so it must not be over before.
  for (const [outcome, durationMs] of [["Success", 1_000], ["Failure", 3_600_000]] as const) {
    aura.scriptImport({
      outcome,
      durationMs,
      message: HOSTILE,
      nodes: [{ labels: [HOSTILE], rows: 3 }],
      dataSource: { name: HOSTILE },
    });
  }
  const cloud = await startCloud(canaries, new Map([[CLIENT_ID, aura]]));
  for (const trouble of TROUBLES) cloud.troubles.set(unlucky(trouble).clientId, trouble);
  const [folder, home] = await Promise.all(
    ["canary-", "canary-home-"].map((name) => mkdtemp(join(tmpdir(), name))),
  ) as [string, string];
  return {
    aura,
    cloud,
    canaries,
    emitted: new Emitted(),
    folder,
    home,
    journal: join(home, "journal.db"),
    env: variables(aura, cloud.url),
    async [Symbol.asyncDispose]() {
      await cloud[Symbol.asyncDispose]();
      await aura.close();
      await rm(folder, { recursive: true, force: true });
      await rm(home, { recursive: true, force: true });
    },
  };
}

function variables(aura: Emulator, url: string): Record<string, string> {
  const login = (name: string, id: string, password: string): Record<string, string> => ({
    [`AURA_WAKE_DB_${name}_USERNAME`]: "neo4j",
    [`AURA_WAKE_DB_${name}_PASSWORD`]: password,
    [`AURA_WAKE_DB_${name}_INSTANCEID`]: id,
  });
  return {
    ...aura.env(ID.orders),
    // As for a file: nobody types this name.
    AURA_INSTANCENAME: "orders",
    AURA_BASE_URL: url,
    AURA_AUTH_URL: `${url}/oauth/token`,
    ...login("ORDERS", ID.orders, SECRETS["database password"]),
    ...login("DEMO", ID.demo, SECRETS["password of the login demo"]),
    ...login("ASLEEP", ID.asleep, SECRETS["password of the login asleep"]),
    ...login("WRONG", ID.twin, SECRETS["wrong database password"]),
    AURA_WAKE_MCP_TOKEN: SECRETS["bearer token"],
  };
}
