/**
 * Asks on a terminal; loaded only when there is something to ask.
 *
 * @module
 */
import { isCancel, text } from "@clack/prompts";
import process from "node:process";

/** Gives what was typed; undefined when the person left (Ctrl-C, Escape). */
export async function ask(question: string, signal: AbortSignal): Promise<string | undefined> {
  const answer = await text({ message: question, output: process.stderr, signal });
  return isCancel(answer) ? undefined : answer.trim();
}
