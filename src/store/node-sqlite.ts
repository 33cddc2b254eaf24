/**
 * The runtime's own SQLite.
 *
 * @see https://nodejs.org/api/sqlite.html
 * @module
 */
import process from "node:process";

/** Gives the module. @throws {Error} where the runtime has none */
export function nodeSqlite(): typeof import("node:sqlite") {
  const own = Object.getOwnPropertyDescriptor(process, "emitWarning");
  // Node 22 says on stderr that it is experimental, which whoever runs a command can do nothing about. Loaded at once and not
  // by an import, so that nothing that anybody else has to say falls into this moment.
  process.emitWarning = () => {};
  try {
    const sqlite = process.getBuiltinModule("node:sqlite") as
      | typeof import("node:sqlite")
      | undefined;
    if (sqlite === undefined) throw new Error("No such built-in module: node:sqlite");
    return sqlite;
  } finally {
    if (own === undefined) Reflect.deleteProperty(process, "emitWarning");
    else Object.defineProperty(process, "emitWarning", own);
  }
}
