/**
 * Ids of import models, which nobody but the Aura console shows.
 *
 * @module
 */
import { CliError } from "../cli-error.ts";

/** The id alone, or the address of the model's page. */
const MODEL =
  /^(?:https:\/\/\S+\/models?\/)?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:[/?#].*)?$/i;

/** Gives the id of an id or of an address in the console. @throws {CliError} USAGE */
export function readModelId(text: string): string {
  const [, id] = MODEL.exec(text) ?? [];
  if (id !== undefined) return id.toLowerCase();
  throw new CliError(
    "USAGE",
    `Cannot read the arguments: --model must be the id of an import model, got "${text}"`,
    "copy it from the model's address in the Aura console, …/tools/import/models/<id>",
  );
}
