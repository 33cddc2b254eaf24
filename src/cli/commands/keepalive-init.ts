/**
 * `aura-wake keepalive init`
 *
 * @module
 */
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { CliError } from "../cli-error.ts";
import { type Command, defineCommand } from "../command.ts";
import { SCHEDULE_KINDS, scheduleFor, type ScheduleKind } from "../keepalive/schedules.ts";
import { didYouMean } from "../nearest.ts";

/** Writes a ready schedule; a file that exists is never overwritten. */
export const keepaliveInit: Command = defineCommand({
  args: {
    where: { type: "positional", description: "github, deno or cloudflare" },
    folder: { type: "string", description: "The project's root (default: this folder)" },
    print: { type: "boolean", description: "Print the files and write none" },
  },
  async run(context, { where, folder = ".", print }) {
    const kind = readKind(where);
    const { files, steps } = scheduleFor(kind);
    if (print) {
      context.print.text(
        Object.entries(files).map(([path, text]) => `# ${path}\n${text}`).join("\n"),
      );
      return;
    }
    const root = join(context.io.cwd, folder);
    const written: { file: string }[] = [];
    for (const [path, text] of Object.entries(files)) {
      written.push({ file: await writeNew(join(root, path), text) });
    }
    context.print.list(written, { FILE: ({ file }) => file });
    for (const [index, step] of steps.entries()) context.note(`${index + 1}. ${step}`);
  },
});

function readKind(word: string): ScheduleKind {
  const kind = SCHEDULE_KINDS.find((each) => each === word);
  if (kind !== undefined) return kind;
  throw new CliError(
    "USAGE",
    `Cannot write a schedule for "${word}": it must be ${SCHEDULE_KINDS.join(", ")}`,
    didYouMean(word, SCHEDULE_KINDS),
  );
}

async function writeNew(path: string, text: string): Promise<string> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text, { flag: "wx" });
    return path;
  } catch (error) {
    const { code = "unknown trouble" } = Object(error) as { code?: string };
    throw new CliError(
      "FILE",
      `Cannot write ${path}: ${code === "EEXIST" ? "it exists already" : code}`,
      "move it away, or print the new one with --print",
      { cause: error },
    );
  }
}
