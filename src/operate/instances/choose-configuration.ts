/**
 * What may be created in a project, and which of it is meant.
 *
 * @module
 */
import type { InstanceConfiguration } from "../../aura/project.ts";
import type { Directions } from "../directions.ts";
import { OperateError } from "../operate-error.ts";
import { wordList } from "../text/word-list.ts";

/** What tells one configuration from another. */
const FIELDS = ["type", "memory", "cloud_provider", "region", "version", "storage"] as const;

type Field = typeof FIELDS[number];

/** What is wanted; what is undefined is free. */
export interface WantedConfiguration
  extends Readonly<Partial<Record<Exclude<Field, "type">, string | undefined>>> {
  readonly type: string;
}

/** What is sent. Storage is left to Aura unless it was asked for. */
export type ChosenConfiguration = Readonly<Record<Exclude<Field, "storage">, string>>;

/** Where nothing is said and there is a choice. Money and the place of the data are nobody's default: Free costs none. */
const FREE_DEFAULTS: readonly (readonly [Field, string])[] = [
  ["memory", "1GB"],
  ["cloud_provider", "gcp"],
  ["region", "europe-west1"],
];

/**
 * Chooses the configuration that the wishes leave.
 *
 * @throws {OperateError} VALIDATION with what is possible, when there is none; USAGE when one has to be chosen
 */
export function chooseConfiguration(
  place: string,
  offered: readonly InstanceConfiguration[],
  wanted: WantedConfiguration,
  directions: Directions,
): ChosenConfiguration {
  const given = FIELDS.filter((field) => wanted[field] !== undefined);
  const fits = (configuration: InstanceConfiguration, among: readonly Field[]): boolean =>
    among.every((field) =>
      // An older API does not tell the storage.
      (field === "storage" && configuration.storage === undefined) ||
      configuration[field] === wanted[field]
    );

  const possible = offered.filter((configuration) => fits(configuration, given));
  if (possible.length === 0) {
    throw new OperateError(
      "VALIDATION",
      `Cannot create instance: in ${place} there is no ${
        given.map((field) => `${directions.field(field)} ${wanted[field] ?? ""}`).join(" ")
      }, and nothing was sent`,
      whatFits({ offered, given, fits, directions }),
    );
  }
  return onlyOne(preferred(possible, wanted), wanted.type, directions);
}

/** Takes the wishes as they are, where the project does not say what it offers. @throws {OperateError} USAGE when one is missing */
export function uncheckedConfiguration(
  wanted: WantedConfiguration,
  { field }: Directions,
): ChosenConfiguration {
  const { type, version = "5" } = wanted;
  const free = type === "free-db" ? Object.fromEntries(FREE_DEFAULTS) : {};
  const { memory, cloud_provider, region } = {
    ...free,
    ...Object.fromEntries(
      FIELDS.map((field) => [field, wanted[field]]).filter(([, value]) => value !== undefined),
    ),
  } as Partial<Record<Field, string>>;
  if (memory !== undefined && cloud_provider !== undefined && region !== undefined) {
    return { type, memory, cloud_provider, region, version };
  }
  throw new OperateError(
    "USAGE",
    `Cannot create instance: a ${type} needs ${
      wordList([field("memory"), field("cloud_provider"), field("region")], "and")
    }`,
  );
}

interface Misfit {
  readonly offered: readonly InstanceConfiguration[];
  readonly given: readonly Field[];
  readonly fits: (configuration: InstanceConfiguration, among: readonly Field[]) => boolean;
  readonly directions: Directions;
}

/** Each field that could be changed alone; where that is not enough, the fields one after the other. */
function whatFits({ offered, given, fits, directions }: Misfit): string {
  const all = `${directions.instances.sizes} shows all that is possible`;
  const alone = given.flatMap((field) => {
    const others = given.filter((other) => other !== field);
    return canBe(field, offered.filter((configuration) => fits(configuration, others)), directions);
  });
  if (alone.length > 0) return `${alone.join("; ")}; ${all}`;
  for (const [index, field] of given.entries()) {
    if (offered.some((configuration) => fits(configuration, given.slice(0, index + 1)))) continue;
    const before = given.slice(0, index);
    const told = canBe(
      field,
      offered.filter((configuration) => fits(configuration, before)),
      directions,
    );
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

function onlyOne(
  left: readonly InstanceConfiguration[],
  type: string,
  directions: Directions,
): ChosenConfiguration {
  const open = (["memory", "cloud_provider", "region"] as const)
    .filter((field) => new Set(left.map((configuration) => configuration[field])).size > 1);
  const [chosen] = left;
  if (chosen !== undefined && open.length === 0) {
    const { memory, cloud_provider, region, version } = chosen;
    return { type, memory, cloud_provider, region, version };
  }
  // A region tells its provider.
  const asked = open.filter((field) => field !== "cloud_provider" || !open.includes("region"));
  throw new OperateError(
    "USAGE",
    `Cannot create instance: a ${type} needs ${
      wordList(asked.map((field) => directions.field(field)), "and")
    }`,
    asked.flatMap((field) => canBe(field, left, directions)).join("; "),
  );
}

function canBe(
  field: Field,
  configurations: readonly InstanceConfiguration[],
  directions: Directions,
): string[] {
  const values = new Set(configurations.map((configuration) => {
    const value = configuration[field];
    return field === "region" ? `${value} (${configuration.cloud_provider})` : value;
  }));
  const told = [...values].filter((value) => value !== undefined).toSorted((left, right) =>
    Number.parseInt(left, 10) - Number.parseInt(right, 10) || 0
  );
  return told.length === 0 ? [] : [`${directions.field(field)} can be ${wordList(told)}`];
}
