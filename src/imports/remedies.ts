/**
 * What an import failed of, and what to do: what has been seen so far.
 *
 * @module
 */

/** A known failure. */
export interface ImportRemedy {
  /** A part of the API's message. */
  readonly sign: RegExp;
  readonly cause: string;
  readonly remedy: string;
}

/** In the order of looking. */
export const IMPORT_REMEDIES: readonly ImportRemedy[] = [
  {
    sign: /used in another import/i,
    cause: "Aura runs one import at a time into an instance",
    remedy: "wait until the other import is done, then start it again",
  },
  {
    sign: /model .*(?:not found|does not exist|unknown)|(?:not found|unknown) .*model/i,
    cause: "there is no such model in this project, or it was deleted",
    remedy: "copy the id from the model's address in the Aura console (Import, Graph models)",
  },
  {
    sign: /data ?source/i,
    cause: "the model has no data source, or Aura cannot sign in to it",
    remedy: "open the model in the Aura console, connect its data source and save it",
  },
  {
    sign: /authenticat|unauthori[sz]ed|credentials|password/i,
    cause: "Aura could not sign in to the database",
    remedy:
      "give the database user with --credentials; Free and Virtual Dedicated Cloud instances need one",
  },
  {
    sign: /not running|paused|unavailable|connect/i,
    cause: "the database did not answer",
    remedy: "wake it with aura-wake wake, then start the import again",
  },
  {
    sign: /limit|quota|too (?:large|big|many)|exceed/i,
    cause: "the data is larger than this tier takes",
    remedy: "import less at a time, or use a larger instance",
  },
  {
    sign: /constraint|unique|duplicate/i,
    cause: "two rows have the same key",
    remedy: "look at the keys in the model: what is unique there must be unique in the data",
  },
];

/** What to do about a message; undefined when it was never seen. */
export function importRemedy(message: string): ImportRemedy | undefined {
  return IMPORT_REMEDIES.find(({ sign }) => sign.test(message));
}
