/**
 * Workers that have not run yet, before a local Aura that has the names it has in production.
 *
 * @module
 */
import { type Emulator, startEmulator } from "../../src/emulator/mod.ts";
import { type Gateway, INSTANCE_ID, openGateway } from "./gateway.ts";
import { startWorkers, type Workers } from "./workerd.ts";

/** What makes a world differ. */
export interface WorldOptions {
  /** The bundled Worker. */
  readonly code: string;
  readonly resumeMs: number;
  /** What `c.env` holds. */
  readonly bindings?: Readonly<Record<string, string>>;
  /** @default 1 */
  readonly isolates?: number;
}

/** All of it. Closing it closes each part. */
export interface World extends AsyncDisposable {
  readonly aura: Emulator;
  readonly gateway: Gateway;
  readonly workers: Workers;
  /** How many resume calls Aura accepted. */
  accepted(): number;
}

/** Opens a world whose instance is paused and holds one movie. */
export async function openWorld(options: WorldOptions): Promise<World> {
  const { code, resumeMs, bindings = {}, isolates = 1 } = options;
  const aura = await startEmulator({
    resumeMs,
    instances: [{
      id: INSTANCE_ID,
      status: "paused",
      host: `${INSTANCE_ID}.databases.neo4j.io`,
      cypher: "CREATE (:Movie {title: 'Cloud Atlas'})",
    }],
  });
  const gateway = await openGateway(aura);
  const workers = await startWorkers({ code, bindings, outbound: gateway.address, isolates });
  return {
    aura,
    gateway,
    workers,
    accepted() {
      const resumes = aura.requests("POST /v1/instances/:id/resume");
      return resumes.filter(({ status }) => status === 202).length;
    },
    async [Symbol.asyncDispose]() {
      await workers.close();
      await gateway.close();
      await aura.close();
    },
  };
}
