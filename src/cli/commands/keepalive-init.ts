/**
 * `aura-wake keepalive init`
 *
 * @module
 */
import { lstat, mkdir, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { OperateError } from "../../operate/operate-error.ts";
import { didYouMean } from "../../operate/text/nearest.ts";
import { wordList } from "../../operate/text/word-list.ts";
import { type Command, defineCommand } from "../command.ts";
import { SCHEDULE_KINDS, scheduleFor, type ScheduleKind } from "../keepalive/schedules.ts";

/** Writes a ready schedule; a file that exists is never overwritten. */
export const keepaliveInit: Command = defineCommand({
  args: {
    where: {
      type: "positional",
      valueHint: "github|deno|cloudflare",
      description: "Where it shall run: github, deno or cloudflare",
    },
    folder: { type: "string", description: "The project's root (default: this folder)" },
    print: { type: "boolean", description: "Print what would be written, and write nothing" },
  },
  async run(context, { where, folder = ".", print }) {
    const { files, steps } = scheduleFor(readKind(where));
    if (print) {
      const all = Object.entries(files);
      const isOne = all.length === 1;
      context.print.script(
        all.map(([path, text]) => isOne ? text : `// ${path}\n${text}`).join("\n"),
      );
      return;
    }
    const root = resolve(context.io.cwd, folder);
    const wanted = Object.entries(files).map(([path, text]) => ({ path: join(root, path), text }));
    // All or none of them.
    for (const { path } of wanted) if (await isThere(path)) throw unwritten(path, "EEXIST");
    for (const { path, text } of wanted) await writeNew(path, text);
    context.print.list(wanted.map(({ path }) => ({ file: path })), { FILE: ({ file }) => file });
    for (const [index, step] of steps.entries()) context.note(`${index + 1}. ${step}`);
    if (where === "github" && !await isThere(join(root, ".git"))) {
      context.note(
        `warning: ${root} is not the root of a git repository, and GitHub looks nowhere else; --folder names it`,
      );
    }
  },
});

function readKind(word: string): ScheduleKind {
  const kind = SCHEDULE_KINDS.find((each) => each === word);
  if (kind !== undefined) return kind;
  throw new OperateError(
    "USAGE",
    `Cannot write a schedule for "${word}": it must be ${wordList(SCHEDULE_KINDS)}`,
    didYouMean(word, SCHEDULE_KINDS),
  );
}

async function isThere(path: string): Promise<boolean> {
  return await lstat(path).then(() => true, () => false);
}

async function writeNew(path: string, text: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text, { flag: "wx" });
  } catch (error) {
    const { code = "unknown trouble" } = Object(error) as { code?: string };
    throw unwritten(path, code, error);
  }
}

function unwritten(path: string, code: string, cause?: unknown): OperateError {
  return new OperateError(
    "FILE",
    `Cannot write ${path}: ${code === "EEXIST" ? "it exists already" : code}`,
    "move it away, choose another --folder, or print what would be in it with --print",
    { cause },
  );
}
