/**
 * Picks the thing that a person means: by id, or by its exact name.
 *
 * @module
 */
import { OperateError } from "../operate-error.ts";
import { nearest } from "../text/nearest.ts";

/** Among what is chosen. */
export interface NamedChoice<Item> {
  /** "project" */
  readonly kind: string;
  readonly all: readonly Item[];
  readonly named: string;
  /** "instance orders (a1b2c3d4)" @default "the API key" */
  readonly place?: string;
  /** What tells two of one name apart, beside their ids. @default nothing */
  readonly mark?: (item: Item) => string;
  /** What to do where nothing is close to the name: "… shows what there is". */
  readonly hint: string;
}

/**
 * Gives the only one with this id or name.
 *
 * @throws {OperateError} NOT_FOUND with what is close to it, AMBIGUOUS when two have the name
 */
export function pickNamed<Item extends { readonly id: string; readonly name: string }>(
  { kind, all, named, place, mark, hint }: NamedChoice<Item>,
): Item {
  const found = all.filter(({ id, name }) => id === named || name === named);
  const [first, second] = found;
  if (first !== undefined && second === undefined) return first;
  if (first !== undefined) {
    throw new OperateError(
      "AMBIGUOUS",
      `Cannot tell which ${kind} is meant: ${found.length} are named "${named}"`,
      `use an id: ${
        found.map((item) => mark === undefined ? item.id : `${item.id} (${mark(item)})`).join(", ")
      }`,
    );
  }
  const close = nearest(named, all.flatMap(({ name, id }) => [name, id]), 3)
    .map((word) => `"${word}"`);
  throw new OperateError(
    "NOT_FOUND",
    `Cannot find ${kind} "${named}": ${
      place === undefined ? "the API key sees" : `${place} has`
    } none with this id or name`,
    close.length > 0 ? `did you mean ${close.join(" or ")}?` : hint,
  );
}
