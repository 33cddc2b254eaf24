/**
 * Which key of the Aura API counts.
 *
 * @module
 */
import { type Choice, choiceOf, type Layer, nameOf } from "./layers.ts";
import { SIGN_INS, type SignInNames } from "./variables.ts";

/** A way to sign in, as it was found in one place: an id from here with a secret from there would be refused, and nobody would see why. */
export interface SignIn {
  readonly kind: SignInNames["kind"];
  readonly choices: readonly Choice[];
  /** The variable that is not there; undefined when the way is whole. */
  readonly missing: string | undefined;
  readonly layer: Layer;
}

/** What counts, and what was odd on the way. */
export interface ChosenSignIn {
  /** Undefined when nothing was found, not even a half. */
  readonly signIn: SignIn | undefined;
  /** Says which half is where, when there are only halves. */
  readonly halves: string | undefined;
  readonly warnings: readonly string[];
}

/** Takes the first whole way, else the first half of one. */
export function chooseSignIn(layers: readonly Layer[]): ChosenSignIn {
  const found = layers.flatMap(signInsOf);
  const signIn = found.find(({ missing }) => missing === undefined);
  if (signIn !== undefined) {
    const warnings = [...unusedHalves(signIn, found, layers), ...otherKeys(signIn, found)];
    return { signIn, halves: undefined, warnings };
  }
  const [half] = found;
  return { signIn: half, halves: half && describeHalf(half, found), warnings: [] };
}

function signInsOf(layer: Layer): SignIn[] {
  return SIGN_INS.flatMap(({ kind, variables }) => {
    const choices = variables.flatMap((variable) => choiceOf(layer, variable) ?? []);
    // Both halves at once: a new secret for an old id is the environment's own.
    if (choices.every(({ variable }) => layer.repeats?.(variable) === true)) return [];
    const missing = variables.find((variable) =>
      choices.every((choice) => choice.variable !== variable)
    );
    return choices.length === 0 ? [] : [{ kind, choices, missing, layer }];
  });
}

/** Halves that would have come first, had they been whole. */
function unusedHalves(
  used: SignIn,
  found: readonly SignIn[],
  layers: readonly Layer[],
): string[] {
  const values = used.choices.map(({ value }) => value);
  return found
    .filter(({ layer }) => layers.indexOf(layer) <= layers.indexOf(used.layer))
    .flatMap(({ choices: [half], missing }) =>
      half === undefined || missing === undefined || values.includes(half.value)
        ? []
        : [`${nameOf(half)} is not used: ${missing} is missing beside it`]
    );
}

/** Other keys of the same kind. */
function otherKeys(used: SignIn, found: readonly SignIn[]): string[] {
  const [first] = used.choices;
  return found.flatMap(({ kind, missing, layer, choices }) => {
    const [other] = choices;
    const isOther = kind === used.kind && missing === undefined && layer.kind !== "fallback" &&
      choices.some(({ value }, index) => value !== used.choices[index]?.value);
    return isOther && first !== undefined && other !== undefined ? [differ(first, other)] : [];
  });
}

/** The warning that one setting has two values. */
export function differ(used: Choice, other: Choice): string {
  return `${nameOf(used)} and ${nameOf(other)} differ; ${nameOf(used)} is used`;
}

/** In the words of `readSettings()` where there is no more to say. */
function describeHalf(
  { choices: [half], missing, layer }: SignIn,
  found: readonly SignIn[],
): string {
  const other = found.flatMap(({ choices }) => choices).find(({ variable }) =>
    variable === missing
  );
  const isMissing = `${missing ?? ""} is missing`;
  if (half === undefined) return isMissing;
  if (other === undefined && layer.kind === "environment") return isMissing;
  return `${isMissing} beside ${nameOf(half)}` +
    (other === undefined
      ? ""
      : `; ${nameOf(other)} is not taken for it: both have to be in one place`);
}
