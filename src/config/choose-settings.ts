/**
 * Puts settings together from several places, and remembers where each comes from.
 *
 * @module
 */
import { chooseSignIn, type ChosenSignIn, differ } from "./choose-sign-in.ts";
import { type Choice, choiceOf, type Layer, nameOf } from "./layers.ts";
import { instanceOf } from "./names.ts";
import { DATABASE_SETTINGS, ENDPOINT_SETTINGS, type SettingName, VARIABLES } from "./variables.ts";

/** What counts, and what was odd on the way. */
export interface ChosenSettings extends ChosenSignIn {
  readonly settings: ReadonlyMap<SettingName, Choice>;
  /** Two names or places that say different things. Never the values themselves: they may be secrets. */
  readonly warnings: readonly string[];
}

interface Found {
  readonly choice: Choice;
  readonly layer: Layer;
}

/** Chooses. */
export function chooseSettings(layers: readonly Layer[]): ChosenSettings {
  const { signIn, halves, warnings: signInWarnings } = chooseSignIn(layers);
  const warnings = [...signInWarnings];
  const chosen = new Map<SettingName, Found>();
  for (const name of Object.keys(VARIABLES) as SettingName[]) {
    const [first, ...others] = layersFor(name, layers, signIn?.layer)
      .flatMap((layer) => findIn(layer, name));
    if (first === undefined) continue;
    chosen.set(name, first);
    warnings.push(...different(first, others));
  }
  warnings.push(...nameInstance(chosen));
  const settings = new Map([...chosen].map(([name, { choice }]) => [name, choice]));
  return { settings, signIn, halves, warnings };
}

/** The places that may have a say. */
function layersFor(
  name: SettingName,
  layers: readonly Layer[],
  ofKey: Layer | undefined,
): readonly Layer[] {
  if (ENDPOINT_SETTINGS.has(name)) {
    // Nobody's key is sent where another program would send its own.
    return layers.filter((layer) => layer.kind !== "fallback" || layer === ofKey);
  }
  const whole = layers.findIndex((layer) =>
    layer.kind === "one-database" && findIn(layer, "uri").length > 0
  );
  return DATABASE_SETTINGS.has(name) && whole >= 0 ? layers.slice(0, whole + 1) : layers;
}

function findIn(layer: Layer, name: SettingName): Found[] {
  return VARIABLES[name].flatMap((variable) => {
    const choice = choiceOf(layer, variable);
    return choice === undefined || layer.repeats?.(variable) === true ? [] : [{ choice, layer }];
  });
}

function different(used: Found, others: readonly Found[]): string[] {
  if (used.layer.kind === "by-hand") return [];
  return others
    .filter(({ choice, layer }) => layer.kind !== "fallback" && choice.value !== used.choice.value)
    .map(({ choice }) => differ(used.choice, choice));
}

/**
 * An address names its instance. An id that is said counts for more: where an instance has several databases, the address has the
 * database's id. That holds for what stands together; from two places it may be a mistake.
 */
function nameInstance(chosen: Map<SettingName, Found>): string[] {
  const uri = chosen.get("uri");
  const named = instanceOf(uri?.choice.value);
  if (uri === undefined || named === undefined) return [];
  const said = chosen.get("instance");
  if (said === undefined) {
    chosen.set("instance", { ...uri, choice: { ...uri.choice, value: named } });
    return [];
  }
  const isOdd = said.choice.value !== named && said.layer !== uri.layer &&
    said.layer.kind !== "by-hand";
  return isOdd
    ? [
      `${nameOf(said.choice)} is not the instance in ${nameOf(uri.choice)}; ` +
      `${nameOf(said.choice)} is used`,
    ]
    : [];
}
