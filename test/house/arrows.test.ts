import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { importsOf, librarySources, read, resolveImport } from "./sources.ts";

/** Which rooms a room may import from. What stands under "anywhere" is open to all but the emulator. */
const arrows: Record<string, readonly string[]> = {
  anywhere: ["anywhere"],
  aura: ["aura/wake-api"],
  // The part of aura that a wake needs: never the whole client.
  "aura/wake-api": ["aura"],
  store: [],
  wake: ["aura/wake-api", "store"],
  "config/names": [],
  "config/files": ["config/names"],
  // What both kinds of connection share stands in neo4j/; that the edge can run it is another test's matter.
  "neo4j/query-api": ["neo4j", "wake", "aura/wake-api", "config/names"],
  neo4j: ["neo4j/query-api", "wake", "aura/wake-api", "config/names"],
  hono: ["wake", "aura/wake-api", "neo4j/query-api", "config/names"],
  imports: ["aura", "aura/wake-api", "wake", "neo4j", "store"],
  graphql: ["aura", "aura/wake-api", "wake", "neo4j", "store", "operate/text"],
  dashboard: ["imports"],
  "operate/text": [],
  operate: [
    "operate/text",
    "aura",
    "aura/wake-api",
    "wake",
    "neo4j",
    "neo4j/query-api",
    "store",
    "imports",
    "graphql",
    "config/names",
    "config/files",
  ],
  emulator: ["time"],
  mod: ["aura", "aura/wake-api", "wake", "store"],
  // The command that starts the MCP server.
  cli: ["everything", "emulator", "mcp"],
  mcp: ["everything", "emulator"],
};

/** The room that a file belongs to, by its path from the root. */
function roomOf(path: string): string {
  if (path === "mod.ts") return "mod";
  if (path.startsWith("mcp/")) return "mcp";
  if (path === "src/clock.ts" || path === "src/system-clock.ts") return "time";
  if (/^src\/(errors|hosts|in-parallel|secret|version)\.ts$/.test(path)) return "anywhere";
  if (/^src\/aura\/(?:wake-api|instance|settings|errors)\.ts$/.test(path)) return "aura/wake-api";
  // The port alone: both kinds of connection, and the middleware, speak of it.
  if (path === "src/neo4j/connection.ts") return "neo4j/query-api";
  const [, room = "", next = ""] = path.split("/");
  if (room === "neo4j" && next === "query-api") return "neo4j/query-api";
  // Words alone: they know nothing of what is operated.
  if (room === "operate" && next === "text") return "operate/text";
  // names.ts is part of what an edge runtime loads; the rest reads files.
  if (room === "config") return next === "names.ts" ? "config/names" : "config/files";
  return room;
}

function isAllowed(from: string, to: string): boolean {
  if (from === to) return true;
  if (to === "time" || (to === "anywhere" && from !== "emulator")) return true;
  const allowed = arrows[from] ?? [];
  return allowed.includes(to) || (allowed.includes("everything") && to !== "cli" && to !== "mcp");
}

const edges = librarySources().flatMap((from) =>
  importsOf(read(from))
    .map((specifier) => ({ from, to: resolveImport(from, specifier) }))
    .filter((edge): edge is { from: string; to: string } => edge.to !== undefined)
);

describe("the arrows between rooms", () => {
  test("importsOf() finds every kind of import", () => {
    const source = [
      'import type { A } from "./a.ts";',
      'import { b, type C } from "./b.ts"; // from "./comment.ts"',
      'import * as d from "./d.ts";',
      'import "./e.ts";',
      'export { f } from "./f.ts";',
      "import {",
      "  g,",
      '} from "./g.ts";',
      'const h = await import("./h.ts");',
      'const notOne = "import { x } from";',
    ].join("\n");
    assert.deepEqual(
      importsOf(source).sort(),
      ["./a.ts", "./b.ts", "./d.ts", "./e.ts", "./f.ts", "./g.ts", "./h.ts"],
    );
  });

  test("every room is known", () => {
    const known = new Set([...Object.keys(arrows), "time"]);
    assert.deepEqual(librarySources().filter((path) => !known.has(roomOf(path))), []);
  });

  test("imports follow the arrows", () => {
    const wrong = edges
      .filter(({ from, to }) => !isAllowed(roomOf(from), roomOf(to)))
      .map(({ from, to }) => `${from} (${roomOf(from)}) imports ${to} (${roomOf(to)})`);
    assert.deepEqual(wrong, []);
  });

  test("the emulator shares no code with the client", () => {
    const shared = edges.filter(({ from, to }) =>
      roomOf(from) === "emulator" && !to.startsWith("src/emulator/") &&
      to !== "src/clock.ts" && to !== "src/system-clock.ts"
    );
    assert.deepEqual(shared, []);
  });

  test("no file imports itself by way of others", () => {
    assert.deepEqual(findCycles(), []);
  });
});

function findCycles(): string[] {
  const next = new Map<string, string[]>();
  for (const { from, to } of edges) next.set(from, [...(next.get(from) ?? []), to]);
  const cycles: string[] = [];
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): void => {
    const start = path.indexOf(file);
    if (start >= 0) cycles.push([...path.slice(start), file].join(" → "));
    if (start >= 0 || done.has(file)) return;
    for (const target of next.get(file) ?? []) visit(target, [...path, file]);
    done.add(file);
  };
  for (const file of next.keys()) visit(file, []);
  return cycles;
}
