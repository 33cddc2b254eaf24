/**
 * What an import failed of, and what to do: the API tells a job's failure by a text alone.
 *
 * @module
 */

/** A known failure. */
export interface ImportRemedy {
  /** In the API's message. */
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
    sign: /data source id is required/i,
    cause: "the model has no data source",
    remedy: "open the model in the Aura console, connect it to a data source and save it",
  },
  {
    sign: /\bmodel\b.*\b(?:not found|not exist|unknown)|\b(?:not found|unknown)\b.*\bmodel\b/i,
    cause: "there is no such model in this project, or it was deleted",
    remedy: "copy the id from the model's address in the Aura console: …/tools/import/models/<id>",
  },
  {
    sign: /data source.*(?:authenticat|unauthori[sz]ed|credentials|password)/i,
    cause: "Aura could not sign in to the data source",
    remedy: "renew the login of the data source in the Aura console, then start it again",
  },
  {
    sign: /authenticat|unauthori[sz]ed|credentials|password/i,
    cause: "Aura could not sign in to the database, or to the data source",
    remedy: "give the database's user and password, which Free and Virtual Dedicated Cloud " +
      "instances need; else check the login of the data source in the Aura console",
  },
  {
    sign: /\binstance\b.*\b(?:paused|not running|unavailable)\b/i,
    cause: "the database was not running",
    remedy: "wake the instance, then start it again",
  },
];

/** What to do about a message; undefined for one that nobody has seen yet. */
export function importRemedy(message: string): ImportRemedy | undefined {
  return IMPORT_REMEDIES.find(({ sign }) => sign.test(message));
}
