/**
 * Bundles an app as its user would: from a project of its own, against this package's own `exports`.
 *
 * @module
 */
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** How to bundle. */
export interface BundleOptions {
  /** The app's file among the fixtures, or the full path of one elsewhere. */
  readonly fixture: string;
  readonly conditions: readonly string[];
  /** Whether neo4j-driver is installed beside the app. @default false */
  readonly driver?: boolean;
}

/** What came of it. */
export interface Bundle {
  readonly code: string;
  /** The files in it, as paths from the project. */
  readonly inputs: readonly string[];
  /** What it asks the runtime for. */
  readonly externals: readonly string[];
}

/** Bundles a fixture. */
export async function bundleApp(options: BundleOptions): Promise<Bundle> {
  const { fixture, conditions, driver = false } = options;
  const project = await mkdtemp(join(tmpdir(), "aura-wake-edge-"));
  try {
    await installPackage(join(project, "node_modules"), driver);
    await cp(resolve(ROOT, "test", "runtimes", "fixtures", fixture), join(project, "app.ts"));
    const { outputFiles, metafile } = await build({
      absWorkingDir: project,
      entryPoints: ["app.ts"],
      outfile: "app.js",
      bundle: true,
      write: false,
      metafile: true,
      format: "esm",
      platform: "browser",
      target: "es2022",
      conditions: [...conditions],
      logLevel: "silent",
    });
    return {
      code: outputFiles[0]?.text ?? "",
      inputs: Object.keys(metafile.inputs),
      externals: Object.values(metafile.outputs).flatMap(({ imports }) =>
        imports.filter(({ external }) => external).map(({ path }) => path)
      ),
    };
  } finally {
    await rm(project, { recursive: true, force: true });
  }
}

/** Puts the sources where the built files would be; the map of `exports` stays the published one. */
async function installPackage(modules: string, driver: boolean): Promise<void> {
  const home = join(modules, "aura-wake");
  await mkdir(home, { recursive: true });
  const manifest = await readFile(join(ROOT, "package.json"), "utf8");
  await writeFile(
    join(home, "package.json"),
    manifest.replace(/"\.\/dist\/([^"]*?)(?:\.d\.ts|\.js)"/g, '"./$1.ts"'),
  );
  // A copy, not a link: from the linked files esbuild would find what is installed here.
  await cp(join(ROOT, "src"), join(home, "src"), { recursive: true });
  await cp(join(ROOT, "mod.ts"), join(home, "mod.ts"));
  for (const name of ["hono", "ky", "zod", ...driver ? ["neo4j-driver"] : []]) {
    await symlink(join(ROOT, "node_modules", name), join(modules, name));
  }
}
