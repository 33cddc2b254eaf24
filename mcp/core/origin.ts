/**
 * Where the settings of an account come from, as far as a model may know: by allow-list, never by leaving secrets out.
 *
 * @module
 */
import type { LoadedSettings } from "../../src/config/load-settings.ts";
import type { SettingRow } from "../../src/config/setting-rows.ts";
import type { Origin, OriginRow } from "../offer.ts";
import type { AuraMcpOptions } from "../options.ts";

/** Values that are neither secret nor half of a login. */
const SHOWN: ReadonlySet<string> = new Set([
  "uri",
  "database",
  "instance",
  "organization",
  "project",
  "api url",
  "token url",
  "query api url",
]);

/** Of these only the place is told. */
const PLACE_ONLY: ReadonlySet<string> = new Set([
  "client id",
  "client secret",
  "api token",
  "api username",
  "api password",
  "username",
  "password",
]);

const DEFAULT_BASE_URL = "https://api.neo4j.io";

/** Whose settings they are. */
export interface OriginParts {
  /** The caller brought a key of the Aura API: the machine of the server is not theirs. */
  readonly isGuest: boolean;
  readonly options: Pick<AuraMcpOptions, "baseUrl" | "credentials" | "state">;
  readonly settings: () => Promise<LoadedSettings>;
}

/** Reads it. Settings that cannot be read are a problem to tell, and no error: here one looks for why nothing works. */
export async function originOf({ isGuest, options, settings }: OriginParts): Promise<Origin> {
  let loaded: LoadedSettings | undefined;
  const problems: string[] = [];
  try {
    loaded = await settings();
    if (!isGuest) {
      problems.push(...loaded.problems.map(({ message }) => message), ...loaded.warnings);
    }
  } catch (error) {
    problems.push(isGuest ? "The server's settings cannot be read" : (error as Error).message);
  }
  const rows = isGuest ? [] : loaded?.rows ?? [];
  return {
    key: isGuest
      ? "the caller's own"
      : options.credentials !== undefined
      ? "the program that runs this server"
      : keyText(rows),
    baseUrl: originText(options.baseUrl ?? loaded?.baseUrl ?? DEFAULT_BASE_URL),
    journal: isGuest
      ? undefined
      : options.state !== undefined
      ? "kept by the program that runs this server"
      : loaded?.journalPath,
    settings: rows.flatMap(rowOf),
    problems,
  };
}

function rowOf({ setting, value, variable, source }: SettingRow): OriginRow[] {
  const isShown = SHOWN.has(setting);
  if (source === null || (!isShown && !PLACE_ONLY.has(setting))) return [];
  return [{
    setting,
    value: isShown && value !== null && isWhatItShouldBe(setting, value) ? value : undefined,
    from: placeText(variable, source),
  }];
}

/** What should be an address and is none may be anything, such as what belongs into the next line. */
function isWhatItShouldBe(setting: string, value: string): boolean {
  return !/^uri$| url$/.test(setting) || /^[a-z][a-z0-9+.-]*:\/\//i.test(value);
}

function keyText(rows: readonly SettingRow[]): string {
  const places = rows.flatMap(({ setting, variable, source }) =>
    /^(?:client|api) (?:id|secret|token|username|password)$/.test(setting) && source !== null
      ? [placeText(variable, source)]
      : []
  );
  return places.length === 0 ? "nowhere: none is set" : places.join(" and ");
}

function placeText(variable: string | null, source: string): string {
  return variable === null ? source : `${variable} (${source})`;
}

/** A password may stand in an address. */
function originText(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : "not an address";
}
