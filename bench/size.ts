/**
 * What an entry weighs with all it pulls, minified and gzipped, without hono.
 *
 * @module
 */
import { execFileSync } from "node:child_process";
import { gzipSync } from "node:zlib";

/** Bytes after gzip. */
export function gzipBytes(entry: string): number {
  const flags = ["--bundle", "--minify", "--format=esm", "--platform=browser"];
  const bundle = execFileSync("npx", [
    "esbuild",
    entry,
    ...flags,
    "--external:hono",
    "--external:hono/*",
  ]);
  return gzipSync(bundle, { level: 9 }).length;
}
