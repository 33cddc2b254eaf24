/**
 * Ids of import models, which nobody but the Aura console shows.
 *
 * @module
 */
import type { Directions } from "../directions.ts";
import { OperateError } from "../operate-error.ts";

/** The id alone, or the address of the model's page. */
const MODEL =
  /^(?:https:\/\/\S+\/models?\/)?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:[/?#].*)?$/i;

/** Gives the id of an id or of an address in the console. @throws {OperateError} USAGE */
export function readModelId(text: string, { field }: Directions): string {
  const [, id] = MODEL.exec(text) ?? [];
  if (id !== undefined) return id.toLowerCase();
  throw new OperateError(
    "USAGE",
    `Cannot read the arguments: ${field("model")} must be the id of an import model, got "${text}"`,
    "copy it from the model's address in the Aura console, …/tools/import/models/<id>",
  );
}
