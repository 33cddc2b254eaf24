/**
 * Import jobs over a scripted Aura API and a journal, under a clock moved by hand.
 *
 * @module
 */
import { createImports } from "../../src/imports/create-imports.ts";
import type { Imports, ImportStart } from "../../src/imports/imports.ts";
import type { JobRecord, Journal } from "../../src/store/journal.ts";
import { memoryJournal } from "../../src/store/memory-journal.ts";
import type { AuraOptions } from "../../src/aura/settings.ts";
import { type Client, client } from "../aura/client.ts";
import type { Responder } from "../aura/fake-aura.ts";

export const ORGANIZATION = "aaaaaaaa-0000-4000-8000-000000000001";
export const PROJECT = "11111111-2222-4333-8444-555555555555";
export const MODEL = "66666666-7777-4888-8999-aaaaaaaaaaaa";
export const JOB = "87d485b4-0000-4000-8000-720f4672947e";
export const JOBS = `/v2beta1/organizations/${ORGANIZATION}/projects/${PROJECT}/import/jobs`;
export const AT = { organizationId: ORGANIZATION, projectId: PROJECT } as const;
/** When the clock of the tests stands still. */
export const START = Date.UTC(2026, 0, 1);

/** The least that a start needs. */
export const WANTED: ImportStart = { ...AT, modelId: MODEL, instanceId: "a1b2c3d4" };

/** The record of it, with the first key of the tests. */
export const INTENT: JobRecord = {
  key: "key-1",
  kind: "import",
  instanceId: "a1b2c3d4",
  ...AT,
  modelId: MODEL,
  importType: "online",
  state: "unconfirmed",
  startedAt: START,
  updatedAt: START,
};

export interface Setup extends Client {
  readonly imports: Imports;
  readonly journal: Journal;
}

export function setup(
  api: Responder,
  { journal = memoryJournal(), ...options }: Partial<AuraOptions> & { journal?: Journal } = {},
): Setup {
  const made = client(api, options);
  let keys = 0;
  const { aura, clock } = made;
  const imports = createImports({ aura, journal, clock, newKey: () => `key-${++keys}` });
  return { ...made, imports, journal };
}

/** What the API says of a job. */
export function jobInfo(info: Record<string, unknown>, id: string = JOB): Record<string, unknown> {
  return {
    id,
    import_type: "online",
    info: { exit_status: { state: "Success", message: "" }, ...info },
    aura_target: { db_id: "a1b2c3d4", project_id: PROJECT },
  };
}

/** An answer about a job. */
export function jobAnswer(info: Record<string, unknown>, id?: string): Responder {
  return () => Response.json({ data: jobInfo(info, id) });
}

/** A journal of which some calls fail. */
export function failing(journal: Journal, names: readonly (keyof Journal)[]): Journal {
  const fail = () => Promise.reject(new Error("the disk is full"));
  return { ...journal, ...Object.fromEntries(names.map((name) => [name, fail])) };
}
