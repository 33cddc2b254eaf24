/**
 * What all calls of one caller share: settings, the client of the Aura API, logins, and what is remembered.
 *
 * @module
 */
import type { Aura } from "../../src/aura/aura.ts";
import type { AuraCredentials } from "../../src/aura/settings.ts";
import type { Clock } from "../../src/clock.ts";
import type { DatabaseCredentials } from "../../src/config/database-credentials.ts";
import type { LoadedSettings } from "../../src/config/load-settings.ts";
import { AuraWakeError } from "../../src/errors.ts";
import type { OperateState } from "../../src/operate/context.ts";
import { OperateError } from "../../src/operate/operate-error.ts";
import type { Caller } from "../caller.ts";
import type { Origin } from "../offer.ts";
import type { AuraMcpOptions } from "../options.ts";
import { Mask } from "../output/mask.ts";
import type { Config } from "./config.ts";
import { processSurroundings, runtimeFetch } from "./surroundings.ts";

/** One caller's. Everything is made when it is first asked for. */
export interface Account {
  /** Jobs that are written down are shown only where they are in projects that this caller can read. */
  readonly isGuest: boolean;
  /** What of it must not be told. */
  readonly mask: Mask;
  settings(): Promise<LoadedSettings>;
  /** @throws {AuraWakeError} CONFIG_INCOMPLETE without credentials */
  aura(): Promise<Aura>;
  /** @throws {OperateError} NOT_FOUND */
  credentials(name: string, note: (text: string) => void): Promise<DatabaseCredentials>;
  state(): Promise<OperateState>;
  /** Where all that comes from. Never rejects. */
  origin(): Promise<Origin>;
}

/** What accounts are made of. */
export interface AccountParts {
  readonly options: AuraMcpOptions;
  readonly config: Config;
  readonly clock: Clock;
  readonly state: () => Promise<OperateState>;
}

/** Makes the account of a caller. Whoever brings an own key of the API has nothing else of the server's: no login, no settings. */
export function openAccount({ aura: own }: Caller, parts: AccountParts): Account {
  const { options, config, clock, state } = parts;
  const { log = () => {}, surroundings = processSurroundings() } = options;
  const mask = new Mask();

  const settings = once(async () => {
    const { loadSettings } = await import("../../src/config/load-settings.ts");
    const { credentialsFile } = options;
    // The address of the API stands in variables; the file has what is not a guest's.
    if (own !== undefined) return withoutSecrets(await loadSettings(surroundings));
    const loaded = await loadSettings({
      ...surroundings,
      ...(credentialsFile !== undefined && { credentialsFile }),
    });
    for (const warning of loaded.warnings) log(`warning: ${warning}`);
    const { credentialsFileProblem: problem } = loaded;
    mask.learnLogin(loaded.username, loaded.password);
    if (problem === undefined) return loaded;
    throw new OperateError("FILE", `Cannot use the credentials file: ${problem.message}`);
  });

  return {
    isGuest: own !== undefined,
    mask,
    settings,
    state,
    async origin() {
      const { originOf } = await import("./origin.ts");
      return await originOf({ isGuest: own !== undefined, options, settings });
    },
    aura: once(async () => {
      const [{ createAura }, { guardFetch, recordChanges }, { maskErrors }] = await Promise.all([
        import("../../src/aura/aura.ts"),
        import("../output/guarded-fetch.ts"),
        import("../output/masked-errors.ts"),
      ]);
      const { baseUrl, tokenUrl, credentials, problems } = await settings();
      const found = own ?? options.credentials ?? credentials;
      if (found === undefined) throw noCredentials(problems.map(({ message }) => message));
      learnKey(mask, found);
      // Somebody may have put a key behind the address.
      mask.learn(queryOf(tokenUrl));
      const fetch = options.fetch ?? runtimeFetch;
      return createAura({
        credentials: found satisfies AuraCredentials,
        baseUrl: options.baseUrl ?? baseUrl,
        tokenUrl: options.baseUrl === undefined ? tokenUrl : undefined,
        clock,
        userAgent: "aura-wake-mcp",
        fetch: maskErrors(guardFetch(recordChanges(fetch), config.mode), mask),
      });
    }),
    async credentials(name, note) {
      if (own !== undefined) {
        throw new OperateError(
          "NOT_FOUND",
          `Cannot use the database credentials "${name}": the server's logins are not for callers with an Aura key of their own`,
        );
      }
      const { namedCredentials } = await import(
        "../../src/operate/database/named-credentials.ts"
      );
      const login = await options.databases?.(name) ??
        await namedCredentials(name, surroundings, note);
      mask.learnLogin(login.username, login.password.reveal());
      return login;
    },
  };
}

function learnKey(mask: Mask, key: AuraCredentials): void {
  if ("clientSecret" in key) mask.learnLogin(key.clientId, key.clientSecret);
  else if ("password" in key) mask.learnLogin(key.username, key.password);
  else if (typeof key.token === "string") mask.learn(key.token);
}

function queryOf(url: string | undefined): string | undefined {
  return url !== undefined && URL.canParse(url) ? new URL(url).search.slice(1) : undefined;
}

function withoutSecrets(loaded: LoadedSettings): LoadedSettings {
  const { baseUrl, tokenUrl, wake, mcp, warnings, journalPath } = loaded;
  const nothing = { uri: undefined, username: undefined, password: undefined, database: undefined };
  return {
    ...nothing,
    instanceId: undefined,
    credentials: undefined,
    queryApiUrl: undefined,
    organizationId: undefined,
    projectId: undefined,
    credentialsFileProblem: undefined,
    rows: [],
    problems: [],
    baseUrl,
    tokenUrl,
    wake,
    mcp,
    warnings,
    journalPath,
  };
}

function noCredentials(problems: readonly string[]): AuraWakeError {
  const [problem = "there are no credentials"] = problems;
  return new AuraWakeError(
    "CONFIG_INCOMPLETE",
    `Cannot use the Aura API: ${problem}; next: ask the operator to set AURA_CLIENT_ID and AURA_CLIENT_SECRET ` +
      "(Aura console, API keys) for this server, or to start it with --emulator",
  );
}

/** What a first call makes, all later ones get; a failure is not kept. */
function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | undefined;
  return () =>
    made ??= make().catch((error: unknown) => {
      made = undefined;
      throw error;
    });
}
