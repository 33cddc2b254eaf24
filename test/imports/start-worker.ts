// Run as a process of its own, which is killed: start-worker.ts <file> <base URL>. Starts imports and says each id that it got.
import process from "node:process";
import { createAura } from "../../src/aura/aura.ts";
import { createImports } from "../../src/imports/create-imports.ts";
import { openSqlite } from "../../src/store/sqlite.ts";
import { WANTED } from "./setup.ts";

const [file = "", baseUrl = ""] = process.argv.slice(2);
const { journal } = await openSqlite(file);
const aura = createAura({ credentials: { token: "ready" }, baseUrl, requestsPerMinute: 1e9 });
const imports = createImports({ aura, journal });
for (;;) process.stdout.write(`${(await imports.start(WANTED)).jobId}\n`);
