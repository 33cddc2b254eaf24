/**
 * The first data of an instance.
 *
 * @module
 */
import type { Engine } from "./engine/engine.ts";

/** Runs the statements in one transaction. Throws, and leaves nothing, when one of them fails. */
export async function seedData(
  id: string,
  engine: Engine,
  cypher: string | readonly string[],
): Promise<void> {
  const statements = typeof cypher === "string" ? [cypher] : cypher;
  if (engine.name === "canned" && statements.length > 0) {
    throw new Error(
      `Cannot seed instance "${id}": the canned engine keeps no data, install @grafeo-db/js`,
    );
  }
  const transaction = await engine.begin("write");
  try {
    for (const statement of statements) {
      await transaction.run({ cypher: statement, parameters: {}, access: "write" });
    }
    await transaction.commit();
  } catch (error) {
    await transaction.rollback().catch(() => {});
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`Cannot seed instance "${id}": ${reason}`, { cause: error });
  }
}
