/**
 * Reads this repository's own sources, for the tests that hold its rules.
 *
 * @module
 */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

/** The root of the repository. */
export const root: string = fileURLToPath(new URL("../../", import.meta.url));

const NOT_OURS = new Set([
  ".git",
  "node_modules",
  "dist",
  "coverage",
  ".test-results",
  ".wrangler",
  ".env",
]);

/** The text of a file, by its path from the root. */
export function read(path: string): string {
  return readFileSync(join(root, path), "utf8");
}

/** Parses a JSON file, by its path from the root. */
export function readJson(path: string): Record<string, unknown> {
  return JSON.parse(read(path));
}

/** The paths from the root, with forward slashes, of all files below a folder; none if there is no such folder. */
export function listFiles(folder = "."): string[] {
  try {
    return readdirSync(join(root, folder), { recursive: false, withFileTypes: true })
      .filter((entry) => !NOT_OURS.has(entry.name))
      .flatMap((entry) => {
        const path = posix.join(folder, entry.name);
        return entry.isDirectory() ? listFiles(path) : entry.isFile() ? [path] : [];
      })
      .sort();
  } catch (error) {
    if ((error as { code?: string }).code === "ENOENT") return [];
    throw error;
  }
}

/** The TypeScript files of the library itself. */
export function librarySources(): string[] {
  return listFiles().filter((path) => /^(?:mod\.ts$|(?:src|mcp)\/.*\.ts$)/.test(path));
}

/** TypeScript without its comments; what stands in strings and templates stays. */
export function withoutComments(source: string): string {
  const token =
    /\/\*[\s\S]*?\*\/|\/\/[^\n]*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`/g;
  return source.replace(token, (found) => found.startsWith("/") ? " " : found);
}

/** TypeScript without its comments and without the text of its strings; of a template, what is put into it stays. */
export function withoutText(source: string): string {
  return withoutComments(source)
    .replace(
      /`((?:\\.|[^`\\])*)`/g,
      (_, text: string) => `\`${[...text.matchAll(/(?<!\\)\$\{[^}]*\}/g)].join("")}\``,
    )
    .replace(/"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/g, '""');
}

/** Every specifier that a file imports or re-exports, types included. */
export function importsOf(source: string): string[] {
  const code = withoutComments(source);
  const statements =
    /(?:^|[;\s}])(?:import|export)\s(?:[\w\s{},*$]*?\sfrom\s*)?"([^"]+)"|\bimport\(\s*"([^"]+)"/g;
  return [...code.matchAll(statements)].map((match) => match[1] ?? match[2] ?? "");
}

/** Where a relative specifier leads, as a path from the root; undefined for a package. */
export function resolveImport(from: string, specifier: string): string | undefined {
  if (!specifier.startsWith(".")) return undefined;
  return relative(root, join(root, dirname(from), specifier)).split(sep).join("/");
}

/** What a file loads as soon as it is loaded itself: neither types nor what is imported when it is needed. */
export function loadedBy(path: string): string[] {
  const code = withoutComments(read(path))
    // A template may hold a program of somebody else.
    .replace(/`(?:\\.|[^`\\])*`/g, "``")
    .replace(/\bimport\(\s*"[^"]+",?\s*\)/g, "")
    .replace(/\b(?:import|export) type [^;]*?from "[^"]+"/g, "");
  return importsOf(code).map((specifier) => resolveImport(path, specifier) ?? specifier);
}

/** The files and packages that are loaded with some files. */
export function closureOf(...paths: readonly string[]): string[] {
  const found = new Set(paths);
  for (const path of found) {
    if (path.endsWith(".ts")) { for (const loaded of loadedBy(path)) found.add(loaded); }
  }
  return [...found].sort();
}
