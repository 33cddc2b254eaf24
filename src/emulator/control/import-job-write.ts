/**
 * Puts what a job brings into the database of its instance.
 *
 * @module
 */
import type { Engine } from "../engine/engine.ts";
import type { EmulatedInstance } from "../instance.ts";
import type { ImportJobRecord } from "./import-job.ts";

const DELETE_ALL = "MATCH (node) DETACH DELETE node";

/** What a job runs: a bulk import takes the place of all that was there. */
export function statementsOf(job: ImportJobRecord, instance: EmulatedInstance): readonly string[] {
  const { cypher } = job.course;
  // The canned engine has nothing to delete, and what stands behind a gate is not ours to delete.
  const keepsData = instance.engine !== undefined && instance.engine.name !== "canned";
  return job.importType === "bulk" && keepsData ? [DELETE_ALL, ...cypher] : cypher;
}

/** Runs the statements, all or none of them. Throws when one fails. */
export async function writeImport(
  statements: readonly string[],
  { engine, life }: EmulatedInstance,
): Promise<void> {
  if (engine === undefined) {
    throw new Error("Cannot import: a real Neo4j stands behind this instance of the local Aura");
  }
  await runAll(engine, statements);
  life.touch("write");
}

async function runAll(engine: Engine, statements: readonly string[]): Promise<void> {
  const transaction = await engine.begin("write");
  try {
    for (const cypher of statements) {
      await transaction.run({ cypher, parameters: {}, access: "write" });
    }
    await transaction.commit();
  } catch (error) {
    await transaction.rollback().catch(() => {});
    throw error;
  }
}
