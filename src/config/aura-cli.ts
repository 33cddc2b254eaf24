/**
 * What the official aura-cli, and neo4j-cli after it, keep in their two files: a key of the API, endpoints and the usual project.
 *
 * @see https://neo4j.com/docs/aura/platform/cli/
 * @module
 */
import type { Layer } from "./layers.ts";
import type { SettingsProblem } from "./names.ts";
import type { ReadResult } from "./read-text.ts";

/** A file that was tried. */
export interface TriedFile {
  readonly path: string;
  readonly read: ReadResult;
}

/** What the files say, and what is wrong with them. */
export interface AuraCliSettings {
  readonly layer: Layer | undefined;
  readonly problems: readonly SettingsProblem[];
}

type Json = Readonly<Record<string, unknown>>;

interface Entry {
  readonly value: string;
  readonly field: string;
  readonly source: string;
}

/** Reads the two files. The access token in them is not used: aura-cli may have replaced it meanwhile. */
export function auraCliSettings(config: TriedFile, credentials: TriedFile): AuraCliSettings {
  const problems: SettingsProblem[] = [];
  const entries = new Map<string, Entry>();
  const settings = parse(config, problems);
  addKey(parse(credentials, problems), settings, credentials.path);
  addConfig();
  const layer: Layer = {
    source: "aura-cli",
    kind: "fallback",
    lookup: (variable) => entries.get(variable)?.value,
    locate: (variable) => entries.get(variable) ?? {},
  };
  return { layer: entries.size === 0 ? undefined : layer, problems };

  function put(variable: string, value: unknown, field: string, source: string): void {
    const known = text(value);
    if (known !== undefined) entries.set(variable, { value: known, field, source });
  }

  function addKey(stored: Json, configuration: Json, path: string): void {
    const aura = object(stored["aura"]);
    const all = Array.isArray(aura["credentials"]) ? aura["credentials"].map(object) : [];
    const name = text(aura["default-credential"]);
    const [only] = all.length === 1 ? all : [];
    const key = all.find((each) => name !== undefined && each["name"] === name) ?? only;
    if (key === undefined) {
      if (all.length > 0) {
        complain(
          `${path} has ${all.length} credentials and none is the default; choose one with ` +
            "aura-cli credential use NAME",
        );
      }
      return;
    }
    const label = text(key["name"]) ?? "without a name";
    const source = `aura-cli credentials.json (${key["name"] === name ? "default: " : ""}${label})`;
    if (text(key["client-id"]) !== undefined && text(key["client-secret"]) !== undefined) {
      put("AURA_CLIENT_ID", key["client-id"], "client-id", source);
      put("AURA_CLIENT_SECRET", key["client-secret"], "client-secret", source);
    } else {
      const where = placeOfSecret(text(configuration["credential-storage"]), key);
      complain(
        `${path} has no client secret for "${label}": ${where}; set AURA_CLIENT_ID and ` +
          "AURA_CLIENT_SECRET",
      );
    }
  }

  function addConfig(): void {
    const source = "aura-cli config.json";
    const aura = object(settings["aura"]);
    // Older versions wrote the path of the API too.
    const baseUrl = text(aura["base-url"])?.replace(/^(https?:\/\/[^/]+)\/.*$/i, "$1");
    put("AURA_BASE_URL", baseUrl, "base-url", source);
    put("AURA_AUTH_URL", aura["auth-url"], "auth-url", source);
    const { default: name, projects } = object(settings["aura-projects"]);
    const project = object(object(projects)[text(name) ?? ""]);
    put("AURA_ORGANIZATION_ID", project["organization-id"], "organization-id", source);
    put("AURA_PROJECT_ID", aura["default-tenant"], "default-tenant", source);
    put("AURA_PROJECT_ID", project["project-id"], "project-id", source);
  }

  function complain(message: string): void {
    problems.push({ code: "CONFIG_INCOMPLETE", message });
  }
}

function placeOfSecret(storage: string | undefined, key: Json): string {
  if (storage === "keyring") {
    return "it is in the keyring of the system (credential-storage: keyring), where only " +
      "neo4j-cli can read it";
  }
  if (storage === "env") return "neo4j-cli takes it from variables (credential-storage: env)";
  return text(key["access-token"]) === undefined
    ? "it may be in the keyring of the system, where only neo4j-cli can read it"
    : "somebody signed in through a browser, and such a token ends within the hour";
}

function parse({ path, read }: TriedFile, problems: SettingsProblem[]): Json {
  if (read === undefined) return {};
  if ("trouble" in read) {
    if (read.kind !== "forbidden") invalid(`${path} cannot be read: ${read.trouble}`);
    return {};
  }
  // A byte order mark is white space, too.
  const json = read.text.trim();
  try {
    return json === "" ? {} : object(JSON.parse(json));
  } catch {
    // The parser's own words would quote the text.
    invalid(
      `${path} cannot be used: it is not JSON; mend it, or move it away and let aura-cli make ` +
        "a new one",
    );
    return {};
  }

  function invalid(message: string): void {
    problems.push({ code: "CONFIG_INVALID", message });
  }
}

function object(value: unknown): Json {
  return Object(value) as Json;
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value.trim() !== "" ? value : undefined;
}
