/**
 * Consent to what destroys: a person's by a form, or, where the operator chose that, the model's by a preview and a token. Whatever
 * goes wrong on the way is no consent.
 *
 * @module
 */
import type { Clock } from "../../src/clock.ts";
import type { Progress } from "../../src/operate/progress.ts";
import { allows, type Mode, modeText } from "../mode.ts";
import { oneLine } from "../output/clean-text.ts";
import type { Wire } from "../wire.ts";
import { askPerson } from "./ask-person.ts";
import { canonicalJson } from "./canonical-json.ts";
import { NotConfirmed, type Question } from "./question.ts";
import type { Redeemed, Sealer } from "./sealed-token.ts";

/** What the operator chose. */
export interface ConfirmPolicy {
  readonly kind: "ask" | "token";
  /** The tools that need nobody's consent. */
  readonly without: ReadonlySet<string>;
}

/** What the consent of one call is asked with. */
export interface ConfirmParts {
  readonly mode: Mode;
  readonly policy: ConfirmPolicy;
  readonly sealer: Sealer;
  /** The name of the tool. */
  readonly tool: string;
  /** "The instance was not deleted." */
  readonly undone: string;
  /** The arguments as they were given, `confirm_token` among them. */
  readonly args: Readonly<Record<string, unknown>>;
  readonly wire: Wire;
  readonly clock: Clock;
}

/** Asks by a form, and tells meanwhile that it waits. @throws {NotConfirmed} */
export type Confirm = (question: Question, progress: Progress) => Promise<void>;

/** Makes the function that a tool calls before it destroys something; it comes back only when that may be done. */
export function createConfirm(parts: ConfirmParts): Confirm {
  const { mode, policy, tool, undone } = parts;

  return async (question, progress) => {
    if (!allows(mode, "destructive")) {
      throw refused(
        question,
        `the mode of this server is: ${modeText(mode)}`,
        undone,
        "ask whoever runs the server whether it may be started with --allow-destructive",
      );
    }
    if (policy.without.has(tool)) return;
    if (policy.kind === "token") await byToken(question, parts);
    else await byPerson(question, parts, progress);
  };
}

async function byPerson(
  question: Question,
  parts: ConfirmParts,
  progress: Progress,
): Promise<void> {
  const { wire, clock, tool, undone } = parts;
  const { person, signal } = wire;
  if (person === undefined) {
    throw refused(
      question,
      "this client cannot ask its user",
      undone,
      "do it with a client that can or in the Aura console, or ask whoever runs the server to start it with " +
        `--confirm=token or --no-confirm=${tool}`,
    );
  }
  signal.throwIfAborted();
  const typed = question.typed === undefined ? undefined : oneLine(question.typed);
  if (typed === "") {
    const why = "its name has nothing in it that can be typed";
    throw refused(question, why, undone, "do it in the Aura console");
  }
  const answer = await askPerson({
    person,
    form: { message: formText(question, typed), ...(typed !== undefined && { typed }) },
    signal,
    clock,
    progress,
  });
  if (answer.action === "failed") {
    const why = `the client could not ask its user: ${answer.why}`;
    throw refused(question, why, undone, `call ${tool} again, or do it in the Aura console`);
  }
  if (answer.action !== "accept") {
    const who = answer.action === "late" ? "Nobody answered in time" : "The user declined";
    throw new NotConfirmed("declined", `${who}: ${did(question)} was not agreed to. ${undone}`);
  }
  // Exactly what is there or, where that cannot be seen or typed, what was shown of it.
  if (typed !== undefined && answer.value !== typed && answer.value !== question.typed) {
    throw new NotConfirmed(
      "declined",
      `The user agreed, but what was typed is not the name "${typed}". ${undone}`,
    );
  }
  const now = await question.observe();
  signal.throwIfAborted();
  if (canonicalJson(now) !== canonicalJson(question.observed)) {
    const why = "it has changed since the user was asked";
    throw refused(question, why, undone, `look at it again, then call ${tool} again`);
  }
}

/** What a person reads. */
function formText(question: Question, typed: string | undefined): string {
  const { action, consequence } = clean(question);
  return [
    `${action.charAt(0).toUpperCase()}${action.slice(1)}?`,
    consequence,
    ...(typed === undefined ? [] : [`To agree, type its exact name: ${typed}`]),
  ].join("\n");
}

/** Why a token does not do. */
const TOKEN_PROBLEMS: Readonly<Record<Exclude<Redeemed, "ok">, string>> = {
  malformed: "confirm_token is none that this server has made",
  "other-call": "confirm_token is for another call: other arguments, another tool or caller, " +
    "or from before the server was started",
  expired: "confirm_token has expired",
  used: "confirm_token was used already",
  changed: "what it is about has changed since the preview",
};

/** It proves that the model has seen the preview, and that is what it says. */
async function byToken(question: Question, parts: ConfirmParts): Promise<void> {
  const { sealer, tool, args, wire, undone } = parts;
  const { action, consequence } = clean(question);
  const bound = {
    tool,
    args,
    caller: wire.caller,
    observed: { action: question.action, state: question.observed },
  };
  const { confirm_token: token } = args as { readonly confirm_token?: unknown };
  if (token === undefined) {
    const seconds = Math.round(sealer.lifetimeMs / 1_000);
    throw new NotConfirmed(
      "needs_confirmation",
      `Preview, nothing is done yet: ${action}. ${consequence} ` +
        `To do it, call ${tool} again with the same arguments and this confirm_token within ${seconds} seconds. ` +
        "The token only shows that you have seen this preview, not that a person agreed: ask your user first. " +
        undone,
      await sealer.mint(bound),
    );
  }
  const redeemed = typeof token === "string" ? await sealer.redeem(token, bound) : "malformed";
  if (redeemed === "ok") return;
  throw refused(
    question,
    TOKEN_PROBLEMS[redeemed],
    undone,
    `call ${tool} without confirm_token for a new preview`,
  );
}

/** In lines, as every other error is told. */
function refused(question: Question, why: string, undone: string, next: string): NotConfirmed {
  const lines = [`Cannot ${clean(question).action}: ${why}`, undone, `Next: ${next}`];
  return new NotConfirmed("refused", lines.join("\n"));
}

/** "To delete instance orders" */
function did(question: Question): string {
  return `to ${clean(question).action}`;
}

/** Names in a question come from outside. */
function clean({ action, consequence }: Question): { action: string; consequence: string } {
  return {
    action: oneLine(action, { max: 300 }),
    consequence: oneLine(consequence, { max: 1_000 }),
  };
}
