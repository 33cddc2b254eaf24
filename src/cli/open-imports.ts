/**
 * Opens what starts and follows import jobs, with the file that remembers them.
 *
 * @module
 */
import { createImports } from "../imports/create-imports.ts";
import type { Imports } from "../imports/imports.ts";
import type { Journal } from "../store/journal.ts";
import type { Context } from "./context.ts";

/** The import jobs of this machine. */
export interface OpenImports {
  readonly imports: Imports;
  readonly journal: Journal;
}

/** Opens both. @throws {AuraWakeError} AURA_JOURNAL when the file cannot be used */
export async function openImports(context: Context): Promise<OpenImports> {
  const [aura, { journal }] = await Promise.all([context.aura(), context.state()]);
  return { imports: createImports({ aura, journal, clock: context.io.clock }), journal };
}
