/**
 * What `config show` shows.
 *
 * @module
 */
import type { ChosenSettings } from "./choose-settings.ts";
import type { Choice } from "./layers.ts";
import { ENDPOINT_SETTINGS, SECRET_VARIABLES, type SettingName, VARIABLES } from "./variables.ts";

/** One line of `config show`. */
export interface SettingRow {
  readonly setting: string;
  /** `••••` for a secret, whatever its length; null where nothing is set. */
  readonly value: string | null;
  /** The variable, or what its place calls it; null for a default. */
  readonly variable: string | null;
  readonly source: string | null;
}

/** Makes the lines, the key first. Defaults are for settings that nobody has set. */
export function settingRows(
  { signIn, settings }: ChosenSettings,
  defaults: ReadonlyMap<SettingName, string>,
): SettingRow[] {
  const key = (signIn?.choices ?? []).map((choice) => rowOf(titleOf(choice), choice));
  const rest = (Object.keys(VARIABLES) as SettingName[]).flatMap((name) => {
    const choice = settings.get(name);
    if (choice !== undefined) return [rowOf(name, choice)];
    const value = defaults.get(name);
    if (value !== undefined) return [{ ...unset(name), value, source: "default" }];
    // Few people run a server; the others need not be told of what it could be told.
    return name.startsWith("mcp ") ? [] : [unset(name)];
  });
  return [...(key.length > 0 ? key : [unset("client id"), unset("client secret")]), ...rest];
}

function rowOf(setting: string, { variable, field, value, source }: Choice): SettingRow {
  const shown = SECRET_VARIABLES.has(variable)
    ? MASK
    : withoutSecrets(value, ADDRESSES.has(setting));
  return { setting, value: shown, variable: field ?? variable, source };
}

function unset(setting: string): SettingRow {
  return { setting, value: null, variable: null, source: null };
}

const MASK = "••••";

/** What should be an address, also where somebody has forgotten how one begins. */
const ADDRESSES: ReadonlySet<string> = new Set([...ENDPOINT_SETTINGS, "uri", "query api url"]);

/** An address may hold a password where nobody looks for one. */
function withoutSecrets(value: string, isAddress: boolean): string {
  if (!isAddress && !/^[a-z][a-z0-9+.-]*:\/\//i.test(value)) return value;
  return value.replace(/^([a-z][a-z0-9+.-]*:\/\/)?.*@/is, `$1${MASK}@`)
    .replace(/([?#]).+$/s, `$1${MASK}`);
}

/** `client id`, `api token`, … */
function titleOf({ variable }: Choice): string {
  const name = /(?:CLIENT_ID|CLIENT_SECRET|API_TOKEN|API_USERNAME|API_PASSWORD)$/.exec(variable);
  return (name?.[0] ?? variable).toLowerCase().replaceAll("_", " ");
}
