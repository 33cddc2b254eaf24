/**
 * Makes the server of a program's flags and variables, with a local Aura where that is wanted.
 *
 * @module
 */
import type { Surroundings } from "../../src/config/folders.ts";
import type { LoadedSettings } from "../../src/config/load-settings.ts";
import { processSurroundings, variableNames } from "../core/surroundings.ts";
import { type AuraMcpServer, createAuraMcpServer } from "../create-server.ts";
import type { AuraMcpOptions } from "../options.ts";
import type { FlagValues } from "./flags.ts";
import { checkOwnVariables } from "./own-variables.ts";
import { readFlags } from "./read-flags.ts";

/** What the program has of the world. */
export interface ServerWorld {
  readonly log: (line: string) => void;
  /** @default this process and its user */
  readonly surroundings?: Surroundings;
  /** Their names. @default those of this process, as far as they may be listed */
  readonly variables?: readonly string[];
  /** @default nobody */
  readonly onToolCall?: AuraMcpOptions["onToolCall"] | undefined;
  /** @default none */
  readonly credentialsFile?: string | undefined;
}

/** A server, and what ends it with all that was started for it. */
export interface OpenServer {
  readonly server: AuraMcpServer;
  /** Those of the files, too: to be offered tools nobody waits for them. */
  readonly settings: () => Promise<LoadedSettings>;
  readonly close: () => Promise<void>;
}

/** Opens it. @throws {AuraWakeError} CONFIG_INVALID: nothing that is misspelt is passed over */
export async function openServer(flags: FlagValues, world: ServerWorld): Promise<OpenServer> {
  const { log, credentialsFile, variables = variableNames() } = world;
  checkOwnVariables(variables);
  const own = world.surroundings ?? processSurroundings();
  const named = credentialsFile !== undefined && { credentialsFile };
  const given: AuraMcpOptions = readFlags(flags, own);
  const local = flags.emulator
    ? await (await import("./local-aura.ts")).startLocalAura({ cwd: own.cwd, log })
    : undefined;
  try {
    const server = createAuraMcpServer({
      ...given,
      log,
      onToolCall: world.onToolCall,
      surroundings: local?.surroundings ?? own,
      ...(!local && named),
      ...(local !== undefined && { state: await memoryState() }),
    });
    return {
      server,
      async settings() {
        const { loadSettings } = await import("../../src/config/load-settings.ts");
        return await loadSettings({ ...own, ...named });
      },
      async close() {
        await server.close();
        await local?.close();
      },
    };
  } catch (error) {
    await local?.close();
    throw error;
  }
}

/** What is tried leaves nothing behind. */
async function memoryState(): Promise<NonNullable<AuraMcpOptions["state"]>> {
  const [{ memoryStore }, { memoryJournal }] = await Promise.all([
    import("../../src/store/memory.ts"),
    import("../../src/store/memory-journal.ts"),
  ]);
  return { store: memoryStore(), journal: memoryJournal() };
}
