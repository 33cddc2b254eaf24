// Run as a process of its own, beside others on the same file: sqlite-worker.ts <task> <file> <name> <how often>
import { DatabaseSync } from "node:sqlite";
import process from "node:process";
import { openSqlite } from "../../src/store/sqlite.ts";
import { intent } from "./journal-conformance.ts";

const [task, file = "", name = "", times = "1"] = process.argv.slice(2);

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function count(): Promise<void> {
  const { store, close } = await openSqlite(file);
  for (let done = 0; done < Number(times);) {
    const seen = await store.get("count");
    const next = `${Number(seen ?? 0) + 1}`;
    if (await store.compareAndSet("count", seen, next)) done++;
  }
  close();
}

/** Says each key once it is written. */
async function append(): Promise<void> {
  const { journal, close } = await openSqlite(file);
  try {
    for (let index = 0; index < Number(times); index++) {
      const key = `${name}-${index}`;
      await journal.append(intent(key, { message: "x".repeat(2_000), startedAt: index }));
      say(key);
    }
  } finally {
    close();
  }
}

/** Does not close it. */
async function leave(): Promise<void> {
  const { journal } = await openSqlite(file);
  await journal.append(intent(name));
  say(name);
}

/** Has the file for itself for so many milliseconds; what comes as its name is then done to it. */
function hold(): void {
  const database = new DatabaseSync(file);
  database.exec("BEGIN IMMEDIATE");
  say("held");
  setTimeout(() => {
    database.exec(`${name}; COMMIT`);
    database.close();
  }, Number(times));
}

try {
  if (task === "count") await count();
  if (task === "append") await append();
  if (task === "leave") await leave();
  if (task === "hold") hold();
} catch (error) {
  const { code, message } = Object(error) as { code?: string; message?: string };
  say(`! ${code} ${message}`);
}
