/**
 * Runs one tool for one call: checks the arguments, lets it work, and makes a result or an error of what comes.
 *
 * @module
 */
import { z } from "zod";
import { createConfirm } from "../consent/confirm.ts";
import type { NotConfirmed } from "../consent/question.ts";
import type { Sealer } from "../consent/sealed-token.ts";
import { capResult } from "../output/cap.ts";
import { cleanDeep, oneLine } from "../output/clean-text.ts";
import { changesOf } from "../output/guarded-fetch.ts";
import type { Tool } from "../tool.ts";
import type { ToolResult, Wire } from "../wire.ts";
import type { Config } from "./config.ts";
import { type CallParts, openCall } from "./open-call.ts";
import { filledIn, servedInput, servedOutput } from "./schemas.ts";

/** What running takes beside the call itself. */
export interface RunParts extends Omit<CallParts, "wire" | "confirm"> {
  readonly config: Pick<Config, "confirm" | "noConfirm">;
  readonly sealer: Sealer;
  /** Puts the names under which tools are listed into a text. */
  readonly mention: (text: string) => string;
  /** Told of mistakes of this program. */
  readonly log: (line: string) => void;
}

const UNDONE = "Nothing was changed.";

/** Never rejects: whatever goes wrong is a result that the model can read. */
export async function runTool(
  tool: Tool,
  given: unknown,
  wire: Wire,
  parts: RunParts,
): Promise<ToolResult> {
  const { config, scope, mode, clock, sealer } = parts;
  const { undone = UNDONE } = tool;
  const input = servedInput(tool, scope, config.confirm === "token");
  const read = input.safeParse(given ?? {});
  if (!read.success) {
    const { problemsIn } = await import("./invalid-arguments.ts");
    const problems = problemsIn(input, given, read.error);
    const text = `Invalid arguments for tool ${tool.name}: ${parts.mention(problems)}`;
    return { text: isReadOnly(tool) ? text : `${text}\n${undone}`, isError: true };
  }
  const args = filledIn(tool, scope, read.data);
  const confirm = createConfirm({
    mode,
    policy: { kind: config.confirm, without: config.noConfirm },
    sealer,
    tool: tool.name,
    undone,
    args: read.data,
    wire,
    clock,
  });
  const { call, notes, close } = openCall({ ...parts, wire, confirm });
  const changes = changesOf(mode);
  // Nobody hears the answer of a call that was cancelled, and what it has made may be billed.
  const told = (answer: ToolResult): ToolResult => {
    const isTooLate = changes.accepted.length + changes.unanswered.length > 0;
    if (wire.signal.aborted && isTooLate) {
      const what = "was cancelled by its client, too late for what it has sent";
      parts.log(`${tool.name} ${what}: ${oneLine(answer.text, { max: 1_000 })}`);
    }
    return answer;
  };
  let result: Record<string, unknown>;
  try {
    const worked = await changes.run(() => tool.run(call, args));
    result = { ...(tool.asks && { outcome: "done" }), ...worked };
  } catch (error) {
    if (isNotConfirmed(error) && error.outcome !== "refused") {
      const { outcome, message, token } = error;
      result = { outcome, message, ...(token !== undefined && { confirm_token: token }) };
    } else {
      const { errorText } = await import("../output/error-text.ts");
      const text = errorText({
        error,
        undone: isReadOnly(tool) ? undefined : undone,
        changes,
        directions: parts.directions,
        mask: parts.account.mask,
      });
      return told({ text: parts.mention(text), isError: true });
    }
  } finally {
    await close();
  }
  return told(finished(tool, { ...result, ...(notes.length > 0 && { notes }) }, parts));
}

function isReadOnly({ access }: Tool): boolean {
  return access === "read";
}

function isNotConfirmed(error: unknown): error is NotConfirmed {
  return (Object(error) as Partial<NotConfirmed>).name === "NotConfirmed";
}

function finished(
  tool: Tool,
  result: Record<string, unknown>,
  { log, mention, account }: Pick<RunParts, "log" | "mention" | "account">,
): ToolResult {
  const parsed = servedOutput(tool).safeParse(withoutUndefined(result));
  if (!parsed.success) {
    log(
      `${tool.name} gave a result that does not fit its schema: ${z.prettifyError(parsed.error)}`,
    );
    return {
      text: `Internal error: the result of ${tool.name} does not fit its schema`,
      isError: true,
    };
  }
  const clean = account.mask.deep(cleanDeep(parsed.data)) as Record<string, unknown>;
  const capped = capResult({ ...clean, ...wordsOf(clean, mention) });
  const structured = capped.truncated
    ? {
      ...capped.result,
      truncated: true,
      notes: [
        ...(capped.result["notes"] as string[] | undefined ?? []),
        `Too long for one result: ${
          capped.what ?? "shortened"
        }. Narrow it by limit, detail or a filter`,
      ],
    }
    : capped.result;
  return { text: JSON.stringify(structured), structured };
}

/** What is said beside the result, with tools as they are listed. */
function wordsOf(
  { next_step: next, message, outcome, notes }: Readonly<Record<string, unknown>>,
  mention: (text: string) => string,
): Record<string, unknown> {
  return {
    ...(typeof next === "string" && { next_step: mention(next) }),
    // Of what was done it is somebody else's, such as a job's.
    ...(typeof message === "string" && isUndone(outcome) && { message: mention(message) }),
    ...(Array.isArray(notes) && { notes: notes.map((note) => mention(String(note))) }),
  };
}

function isUndone(outcome: unknown): boolean {
  return outcome === "declined" || outcome === "needs_confirmation";
}

/** As JSON would have it. */
function withoutUndefined(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
