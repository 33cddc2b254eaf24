/**
 * The demonstration: a paused local Aura, an app with `wake()`, fifty readers and one writer. Runs on Bun and Deno.
 *
 * @module
 */
import process from "node:process";
import type { WakeEvent } from "aura-wake";
import { startEmulator } from "aura-wake/emulator";
import { serve } from "./serve.ts";
import { timeline } from "./timeline.ts";

const READERS = 50;
const RESUME_SECONDS = 5;
const MOVIES = ["Cloud Atlas", "Forrest Gump", "Sleepless in Seattle"];

const line = timeline();
const emulator = await startEmulator({
  resumeMs: RESUME_SECONDS * 1_000,
  instances: [{
    name: "movies",
    status: "paused",
    cypher: MOVIES.map((title) =>
      `MERGE (p:Person {name: 'Tom Hanks'}) CREATE (p)-[:ACTED_IN]->(:Movie {title: '${title}'})`
    ),
  }],
});
Object.assign(process.env, emulator.env());
line("local Aura", `${emulator.url}, instance "movies" is ${emulator.status()}`);

// The app as a user writes it: nothing in it knows of this demonstration.
const { default: app, db } = await import("./movies.ts");
const server = serve(app.fetch);
line("app", `${server.url}, with wake() and neo4j-driver`);

// The timeline says what the app's own log lines say.
Object.assign(globalThis.console, { info: () => {} });

const seen = { held: 0, replayed: 0 };
const stop = db.waker?.on(show);
const began = performance.now();
line("requests", `${READERS} GET and 1 POST at once`);
const reads = Array.from({ length: READERS }, async () => {
  const response = await fetch(`${server.url}/people/Tom%20Hanks/movies`);
  const rows = await response.json() as { title: string }[];
  return response.status === 200 && rows.map(({ title }) => title).sort().join() === MOVIES.join();
});
const write = fetch(`${server.url}/movies`, {
  method: "POST",
  headers: { "content-type": "application/json" },
  body: JSON.stringify({ title: "Greyhound" }),
});
const rightReads = (await Promise.all(reads)).filter((right) => right).length;
const written = (await write).status === 201;
const servedMs = performance.now() - began;
line("replayed", `${seen.replayed} in all`);
line("served", `${rightReads} of ${READERS} GET, ${written ? 1 : 0} of 1 POST`);

const [copies] = await db.read("MATCH (m:Movie {title: 'Greyhound'}) RETURN count(m) AS count");
const stats = db.waker?.stats();
stop?.();
await server.stop();
await db.close();
const resumes = emulator.requests(/\/resume$/).length;
const statusReads = emulator.requests(/^GET \/v1\/instances\/\w+$/).length;
await emulator.close();

line.blank();
line(
  "wake",
  `${((stats?.lastWakeMs ?? 0) / 1000).toFixed(1)} s, of which Aura took ${RESUME_SECONDS} s`,
);
line(
  "Aura API",
  `${count(resumes, "resume call")}, ${count(statusReads, "status read")}, ${
    stats?.probes ?? 0
  } probes of the database`,
);
line(
  "database",
  `holds what was posted ${
    copies?.["count"] === 1 ? "once" : `${String(copies?.["count"])} times`
  }`,
);
line(
  "in all",
  `${(servedMs / 1000).toFixed(1)} s until everyone was served, nobody pressed Resume`,
);

const right = rightReads === READERS && written && copies?.["count"] === 1 && resumes === 1;
if (!right) line("WRONG", "not everyone was served right");
process.exit(right ? 0 : 1);

function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? "" : "s"}`;
}

function show(event: WakeEvent): void {
  switch (event.type) {
    case "detected":
      return line("paused?", `a query failed (${event.verdict.reason}): asking Aura`);
    case "confirmed":
      return line("confirmed", `Aura says: ${event.status}`);
    case "resume-requested":
      return line(
        "resume",
        event.accepted ? `asked for, call ${event.call}` : "somebody else was faster",
      );
    case "waiting":
      return line("waiting", `until a query answers (status: ${event.status})`);
    case "ready":
      return line("ready", `a query answers after ${(event.tookMs / 1000).toFixed(1)} s`);
    case "replayed":
      if (seen.replayed++ === 0) line("replayed", "the work that met the pause runs again");
      return;
    case "held":
      if (seen.held++ === 0) line("held", "requests wait before their handler");
      return;
    default:
      return line(event.type, JSON.stringify(event));
  }
}
