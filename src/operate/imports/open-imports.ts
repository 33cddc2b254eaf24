/**
 * Opens what starts and follows import jobs, with the file that remembers them.
 *
 * @module
 */
import { createImports } from "../../imports/create-imports.ts";
import type { Imports } from "../../imports/imports.ts";
import type { Journal } from "../../store/journal.ts";
import type { OperateContext } from "../context.ts";
import { toFailure } from "../failure.ts";

/** The import jobs of this machine. */
export interface OpenImports {
  readonly imports: Imports;
  readonly journal: Journal;
}

/** Opens both. @throws {AuraWakeError} AURA_JOURNAL when the file cannot be used */
export async function openImports(context: OperateContext): Promise<OpenImports> {
  const [aura, { journal }] = await Promise.all([context.aura(), context.state()]);
  return { imports: createImports({ aura, journal, clock: context.clock }), journal };
}

/** Opens both; a file that cannot be used is told of, and then nothing is remembered: for jobs that run already. */
export async function openImportsAnyhow(context: OperateContext): Promise<OpenImports> {
  const aura = await context.aura();
  const journal = await openJournalAnyhow(context);
  return { imports: createImports({ aura, journal, clock: context.clock }), journal };
}

async function openJournalAnyhow(context: OperateContext): Promise<Journal> {
  try {
    return (await context.state()).journal;
  } catch (error) {
    context.note(`warning: ${toFailure(error, context.directions).message}`);
    const { memoryJournal } = await import("../../store/memory-journal.ts");
    return memoryJournal();
  }
}
