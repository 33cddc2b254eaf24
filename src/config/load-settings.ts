/**
 * All settings for a program: flags, variables and files put together, each value with its source.
 *
 * @module
 */
import { chooseSettings, type ChosenSettings } from "./choose-settings.ts";
import type { SignIn } from "./choose-sign-in.ts";
import { auraCliFiles, dotenvFile, type FileSettings, namedFile, NO_FILE } from "./files.ts";
import { defaultJournalPath, fullPath, type Surroundings } from "./folders.ts";
import {
  environmentLayer,
  flagsLayer,
  type Layer,
  nameOf,
  readVariable,
  type SettingFlag,
} from "./layers.ts";
import { type McpSettings, readMcpSettings } from "./mcp-settings.ts";
import {
  type CredentialSettings,
  readSettings,
  type Settings,
  type SettingsProblem,
} from "./names.ts";
import { type SettingRow, settingRows } from "./setting-rows.ts";
import { urlProblems } from "./url-problems.ts";
import { type SettingName, VARIABLES } from "./variables.ts";

/** Where to look, the first counts most: flags, the named file, the environment, `.env`, aura-cli's files. */
export interface LoadOptions extends Surroundings {
  /** Flags that stand for a setting. @default none */
  readonly flags?: readonly SettingFlag[];
  /** The file named with `--credentials-file`. @default none */
  readonly credentialsFile?: string;
}

/** What a program can work with. `password` and `credentials` are secrets: print `rows`, not these. */
export interface LoadedSettings extends Settings {
  readonly organizationId: string | undefined;
  readonly projectId: string | undefined;
  /** Undefined where there is no home to put it in. */
  readonly journalPath: string | undefined;
  readonly mcp: McpSettings;
  /** For `config show`. */
  readonly rows: readonly SettingRow[];
  /** Two names that hold different values, files that others can read, … Never a value. */
  readonly warnings: readonly string[];
  /** What is wrong, the weightiest first. Never a value. */
  readonly problems: readonly SettingsProblem[];
  /** Why the named file cannot be used. Nothing is read from anywhere else then: it would be about another database. */
  readonly credentialsFileProblem: SettingsProblem | undefined;
}

/** Reads everything. Never throws: what is wrong is in `problems`. */
export async function loadSettings(options: LoadOptions): Promise<LoadedSettings> {
  const { credentialsFile, flags = [], env: given } = options;
  const env = (name: string): string | undefined => readVariable(given, name);
  const surroundings: LoadOptions = { ...options, env };
  const named = credentialsFile === undefined
    ? NO_FILE
    : await namedFile(credentialsFile, surroundings);
  const [credentialsFileProblem] = named.problems;
  const isLost = credentialsFileProblem !== undefined;
  const dotenv = isLost ? NO_FILE : await dotenvFile(surroundings);
  const auraCli = isLost ? NO_FILE : await auraCliFiles(surroundings);
  const environment = environmentLayer(env, dotenv.layer);
  const chosen = chooseSettings([
    flagsLayer(flags),
    ...layersOf(named),
    ...isLost ? [] : [environment],
    ...layersOf(dotenv),
    ...layersOf(auraCli),
  ]);
  return {
    ...toSettings(chosen, surroundings),
    warnings: [
      ...named.warnings,
      ...dotenv.warnings,
      ...auraCli.warnings,
      ...chosen.warnings,
    ],
    problems: isLost
      ? [credentialsFileProblem]
      : [...dotenv.problems, ...auraCliProblems(auraCli, chosen), ...settingsProblems(chosen)],
    credentialsFileProblem,
  };
}

function layersOf({ layer }: FileSettings): Layer[] {
  return layer === undefined ? [] : [layer];
}

function toSettings(
  chosen: ChosenSettings,
  surroundings: Surroundings,
): Omit<LoadedSettings, "warnings" | "problems" | "credentialsFileProblem"> {
  const { settings, signIn } = chosen;
  const valueOf = (name: SettingName): string | undefined => settings.get(name)?.value;
  const journal = valueOf("journal");
  const defaultJournal = defaultJournalPath(surroundings);
  const defaults = new Map<SettingName, string>();
  if (defaultJournal !== undefined) defaults.set("journal", defaultJournal);
  return {
    uri: valueOf("uri"),
    username: valueOf("username"),
    password: valueOf("password"),
    database: valueOf("database"),
    instanceId: valueOf("instance"),
    credentials: toCredentials(signIn),
    baseUrl: valueOf("api url"),
    tokenUrl: valueOf("token url"),
    queryApiUrl: valueOf("query api url"),
    wake: readSettings(lookupIn(chosen)).wake,
    organizationId: valueOf("organization"),
    projectId: valueOf("project"),
    journalPath: journal === undefined ? defaultJournal : fullPath(journal, surroundings),
    mcp: readMcpSettings(settings).mcp,
    rows: settingRows(chosen, defaults),
  };
}

/** That aura-cli's secret is out of reach matters to nobody who has another; a broken file does. */
function auraCliProblems(
  { problems }: FileSettings,
  { signIn }: ChosenSettings,
): SettingsProblem[] {
  const hasKey = signIn !== undefined && signIn.missing === undefined;
  return problems.filter(({ code }) => !hasKey || code === "CONFIG_INVALID");
}

function settingsProblems(chosen: ChosenSettings): SettingsProblem[] {
  const { settings, signIn, halves } = chosen;
  const problems = readSettings(lookupIn(chosen)).problems.map((problem): SettingsProblem => {
    if (halves !== undefined && problem.message === `${signIn?.missing ?? ""} is missing`) {
      return { ...problem, message: halves };
    }
    const [variable = ""] = /^\w+/.exec(problem.message) ?? [];
    // It says so of every variable that an address may stand in.
    const choice = variable === "NEO4J_URI"
      ? settings.get("uri")
      : [...settings.values()].find((each) => each.variable === variable);
    if (choice === undefined) return problem;
    return { ...problem, message: nameOf(choice) + problem.message.slice(variable.length) };
  });
  return [...problems, ...urlProblems(settings), ...readMcpSettings(settings).problems];
}

/** What was chosen, as if it were an environment. */
function lookupIn({ settings, signIn }: ChosenSettings): (name: string) => string | undefined {
  const values = new Map<string, string>();
  for (const [name, { variable, value }] of settings) {
    // An instance that an address names is found in the address.
    if (VARIABLES[name].includes(variable)) values.set(variable, value);
  }
  for (const { variable, value } of signIn?.choices ?? []) values.set(variable, value);
  return (name) => values.get(name);
}

function toCredentials(signIn: SignIn | undefined): CredentialSettings | undefined {
  if (signIn === undefined || signIn.missing !== undefined) return undefined;
  const [first = "", second = ""] = signIn.choices.map(({ value }) => value);
  if (signIn.kind === "token") return { token: first };
  return signIn.kind === "user"
    ? { username: first, password: second }
    : { clientId: first, clientSecret: second };
}
