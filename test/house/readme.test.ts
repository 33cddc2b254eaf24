import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, test } from "node:test";
import { listFiles, read, readJson, root } from "./sources.ts";

const documents = listFiles().filter((path) => path.endsWith(".md"));
const entries = readJson("deno.json")["exports"] as Record<string, string>;

/** The names that an entry exports, types among them: entries list each one. */
function exportsOf(entry: string): Set<string> {
  const source = read(entry.replace("./", ""));
  const names = new Set<string>();
  for (const match of source.matchAll(/export (?:type )?\{([^}]*)\}/g)) {
    for (const item of (match[1] ?? "").replace(/\/\/[^\n]*|\/\*[\s\S]*?\*\//g, "").split(",")) {
      const name = item.trim().replace(/^type /, "").split(" as ").at(-1)?.trim();
      if (name) names.add(name);
    }
  }
  const declared = /export (?:declare )?(?:async )?(?:function|const|class|interface|type) (\w+)/g;
  for (const match of source.matchAll(declared)) names.add(match[1] ?? "");
  return names;
}

/** Code in the documents, with the file it stands in. */
function codeFences(): { path: string; code: string }[] {
  return documents.flatMap((path) =>
    [...read(path).matchAll(/^```(?:ts|tsx|js|typescript)\b[^\n]*\n([\s\S]*?)^```/gm)]
      .map((match) => ({ path, code: match[1] ?? "" }))
  );
}

describe("the documents", () => {
  test("code imports what the package exports", () => {
    const wrong: string[] = [];
    for (const { path, code } of codeFences()) {
      for (
        const [, list = "", subpath] of code.matchAll(
          /import (?:type )?\{([^}]*)\} from "aura-wake(\/[^"]*)?"/g,
        )
      ) {
        const entry = entries[`.${subpath ?? ""}`];
        if (entry === undefined) {
          wrong.push(`${path}: there is no "aura-wake${subpath}"`);
          continue;
        }
        const known = exportsOf(entry);
        for (const item of list.split(",")) {
          const name = item.trim().replace(/^type /, "").split(" as ")[0]?.trim();
          if (name && !known.has(name)) {
            wrong.push(`${path}: "${name}" is not in aura-wake${subpath ?? ""}`);
          }
        }
      }
    }
    assert.deepEqual(wrong, []);
  });

  test("links lead to files that are there", () => {
    const wrong = documents.flatMap((path) =>
      [...read(path).matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)/g)]
        .map((match) => match[1] ?? "")
        .filter((target) => !existsSync(join(root, dirname(path), target)))
        .map((target) => `${path} → ${target}`)
    );
    assert.deepEqual(wrong, []);
  });

  test("npm scripts that they name exist", () => {
    const scripts = readJson("package.json")["scripts"] as Record<string, string>;
    const wrong = documents.flatMap((path) =>
      [...read(path).matchAll(/\bnpm run ([a-z][\w:-]*)/g)]
        .map((match) => match[1] ?? "")
        .filter((name) => scripts[name] === undefined)
        .map((name) => `${path}: npm run ${name}`)
    );
    assert.deepEqual(wrong, []);
  });

  test("README.md begins with two commands for a machine that has only Node and npm", () => {
    const fences = [
      ...read("README.md").matchAll(/^```(?:sh|bash|shell|console)\n([\s\S]*?)^```/gm),
    ]
      .map((match) => (match[1] ?? "").trim());
    assert.deepEqual(fences.filter((fence) => fence.includes("npm")).slice(0, 2), [
      "npm install && npm run demo",
      "npm install && npm test",
    ]);
  });
});
