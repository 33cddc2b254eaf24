/**
 * What may be created in a project, and which of it is meant.
 *
 * @module
 */
import type { InstanceConfiguration } from "../../aura/project.ts";
import { CliError } from "../cli-error.ts";
import { wordList } from "../output/word-list.ts";

/** What tells one configuration from another, with the flag for each. */
const FLAGS = {
  type: "--type",
  memory: "--memory",
  cloud_provider: "--cloud-provider",
  region: "--region",
  version: "--version",
  storage: "--storage",
} as const;

type Field = keyof typeof FLAGS;

/** What the flags say; what is undefined is free. */
export type WantedConfiguration = Readonly<Record<Field, string | undefined>> & {
  readonly type: string;
};

/** What is sent. Storage is left to Aura unless it was asked for. */
export type ChosenConfiguration = Readonly<Record<Exclude<Field, "storage">, string>>;

/** Where nothing is said and there is a choice. Money and the place of the data are nobody's default: Free costs none. */
const FREE_DEFAULTS: readonly (readonly [Field, string])[] = [
  ["memory", "1GB"],
  ["cloud_provider", "gcp"],
  ["region", "europe-west1"],
];

/**
 * Chooses the configuration that the flags leave.
 *
 * @throws {CliError} VALIDATION with what is possible, when there is none; USAGE when a flag is missing
 */
export function chooseConfiguration(
  place: string,
  offered: readonly InstanceConfiguration[],
  wanted: WantedConfiguration,
): ChosenConfiguration {
  const fields = Object.keys(FLAGS) as Field[];
  const given = fields.filter((field) => wanted[field] !== undefined);
  const fits = (configuration: InstanceConfiguration, among: readonly Field[]): boolean =>
    among.every((field) =>
      // An older API does not tell the storage.
      (field === "storage" && configuration.storage === undefined) ||
      configuration[field] === wanted[field]
    );

  const possible = offered.filter((configuration) => fits(configuration, given));
  if (possible.length === 0) {
    throw new CliError(
      "VALIDATION",
      `Cannot create instance: in ${place} there is no ${
        given.map((field) => `${FLAGS[field]} ${wanted[field] ?? ""}`).join(" ")
      }, and nothing was sent`,
      whatFits(offered, given, fits),
    );
  }
  return onlyOne(preferred(possible, wanted), wanted.type);
}

/** Takes the flags as they are, where the project does not say what it offers. @throws {CliError} USAGE when one is missing */
export function uncheckedConfiguration(wanted: WantedConfiguration): ChosenConfiguration {
  const { type, version = "5", ...said } = wanted;
  const free = type === "free-db" ? Object.fromEntries(FREE_DEFAULTS) : {};
  const { memory, cloud_provider, region } = {
    ...free,
    ...Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)),
  } as Partial<Record<Field, string>>;
  if (memory !== undefined && cloud_provider !== undefined && region !== undefined) {
    return { type, memory, cloud_provider, region, version };
  }
  throw new CliError(
    "USAGE",
    `Cannot create instance: a ${type} needs --memory, --cloud-provider and --region`,
  );
}

/** Each field that could be changed alone; where that is not enough, the fields one after the other. */
function whatFits(
  offered: readonly InstanceConfiguration[],
  given: readonly Field[],
  fits: (configuration: InstanceConfiguration, among: readonly Field[]) => boolean,
): string {
  const all = "aura-wake instances sizes shows all that is possible";
  const alone = given.flatMap((field) => {
    const others = given.filter((other) => other !== field);
    return canBe(field, offered.filter((configuration) => fits(configuration, others)));
  });
  if (alone.length > 0) return `${alone.join("; ")}; ${all}`;
  for (const [index, field] of given.entries()) {
    if (offered.some((configuration) => fits(configuration, given.slice(0, index + 1)))) continue;
    const before = given.slice(0, index);
    const told = canBe(field, offered.filter((configuration) => fits(configuration, before)));
    return [...told, all].join("; ");
  }
  return all;
}

function preferred(
  possible: readonly InstanceConfiguration[],
  wanted: WantedConfiguration,
): readonly InstanceConfiguration[] {
  const newest = possible.map(({ version }) => version)
    .toSorted((left, right) => Number(left) - Number(right)).at(-1) ?? "5";
  const defaults: readonly (readonly [Field, string])[] = [
    ["version", newest],
    ...(wanted.type === "free-db" ? FREE_DEFAULTS : []),
  ];
  return defaults.reduce((left, [field, value]) => {
    const narrowed = left.filter((configuration) => configuration[field] === value);
    return narrowed.length > 0 ? narrowed : left;
  }, possible);
}

function onlyOne(left: readonly InstanceConfiguration[], type: string): ChosenConfiguration {
  const open = (["memory", "cloud_provider", "region"] as const)
    .filter((field) => new Set(left.map((configuration) => configuration[field])).size > 1);
  const [chosen] = left;
  if (chosen !== undefined && open.length === 0) {
    const { memory, cloud_provider, region, version } = chosen;
    return { type, memory, cloud_provider, region, version };
  }
  // A region tells its provider.
  const asked = open.filter((field) => field !== "cloud_provider" || !open.includes("region"));
  throw new CliError(
    "USAGE",
    `Cannot create instance: a ${type} needs ${
      wordList(asked.map((field) => FLAGS[field]), "and")
    }`,
    asked.flatMap((field) => canBe(field, left)).join("; "),
  );
}

function canBe(field: Field, configurations: readonly InstanceConfiguration[]): string[] {
  const values = new Set(configurations.map((configuration) => {
    const value = configuration[field];
    return field === "region" ? `${value} (${configuration.cloud_provider})` : value;
  }));
  const told = [...values].filter((value) => value !== undefined).toSorted((left, right) =>
    Number.parseInt(left, 10) - Number.parseInt(right, 10) || 0
  );
  return told.length === 0 ? [] : [`${FLAGS[field]} can be ${wordList(told)}`];
}
