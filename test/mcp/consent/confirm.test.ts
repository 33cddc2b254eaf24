import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type ConfirmParts, createConfirm } from "../../../mcp/consent/confirm.ts";
import type { NotConfirmed, Person, Question } from "../../../mcp/consent/question.ts";
import { createSealer } from "../../../mcp/consent/sealed-token.ts";
import type { Mode } from "../../../mcp/mode.ts";
import type { Wire } from "../../../mcp/wire.ts";
import { createProgress } from "../../../mcp/output/progress.ts";
import { type ManualClock, manualClock } from "../../helpers/manual-clock.ts";

type Form = Parameters<Person["ask"]>[0];
type Answer = Awaited<ReturnType<Person["ask"]>>;

interface Scene {
  readonly clock: ManualClock;
  readonly confirm: (question?: Partial<Question>) => Promise<void>;
  /** What the person was asked. */
  readonly forms: Form[];
  readonly told: string[];
  readonly cancel: (reason?: unknown) => void;
  /** Aborts when the question is closed. */
  readonly closed: () => boolean;
}

const QUESTION: Question = {
  action: "delete instance orders (a1b2c3d4)",
  consequence: "All its data and its snapshots are lost for good.",
  typed: "orders",
  observed: { id: "a1b2c3d4", name: "orders", status: "running" },
  observe: () => Promise.resolve({ status: "running", name: "orders", id: "a1b2c3d4" }),
};

function scene(
  { answer, ...parts }: Partial<ConfirmParts> & {
    readonly answer?: (form: Form, signal: AbortSignal) => Answer | Promise<Answer>;
  } = {},
): Scene {
  const clock = manualClock();
  const forms: Form[] = [];
  const told: string[] = [];
  const call = new AbortController();
  let asked: AbortSignal | undefined;
  const person: Person | undefined = answer && {
    ask: async (form, signal) => {
      forms.push(form);
      asked = signal;
      return await answer(form, signal);
    },
  };
  const wire: Wire = {
    signal: call.signal,
    progress: undefined,
    person,
    changed: () => {},
    caller: "local",
  };
  const progress = createProgress({ clock, tell: (text) => void told.push(text) });
  const confirm = createConfirm({
    mode: "destructive",
    policy: { kind: "ask", without: new Set() },
    sealer: createSealer({ clock }),
    tool: "delete_instance",
    undone: "The instance was not deleted.",
    args: { instance: "orders" },
    wire,
    clock,
    ...parts,
  });
  return {
    clock,
    forms,
    told,
    confirm: (question) => confirm({ ...QUESTION, ...question }, progress),
    cancel: (reason) => call.abort(reason),
    closed: () => asked?.aborted ?? false,
  };
}

async function refusalOf(asked: Promise<void>): Promise<NotConfirmed> {
  const error = await asked.then(() => undefined, (error: unknown) => error) as NotConfirmed;
  assert.equal(error?.name, "NotConfirmed", String(error));
  return error;
}

const agree = (): Answer => ({ action: "accept", value: "orders" });
const never = (): Promise<Answer> => new Promise(() => {});

describe("createConfirm() in a lesser mode", () => {
  const modes: readonly (readonly [Mode, string])[] = [
    ["read", "read-only"],
    ["wake", "read-only, and may wake instances (--allow-wake)"],
    ["write", "may wake and change (--allow-write)"],
  ];
  for (const [mode, words] of modes) {
    test(`refuses where the mode is ${mode}, whatever else is allowed`, async () => {
      const { confirm, forms } = scene({
        mode,
        answer: agree,
        policy: { kind: "ask", without: new Set(["delete_instance"]) },
      });
      const { outcome, message } = await refusalOf(confirm());
      assert.equal(outcome, "refused");
      assert.equal(
        message,
        `Cannot delete instance orders (a1b2c3d4): the mode of this server is: ${words}\n` +
          "The instance was not deleted.\n" +
          "Next: ask whoever runs the server whether it may be started with --allow-destructive",
      );
      assert.deepEqual(forms, []);
    });
  }
});

describe("createConfirm() with --no-confirm", () => {
  test("asks nobody for the tools that are named, and for all others as ever", async () => {
    const without = new Set(["delete_instance"]);
    await scene({ policy: { kind: "ask", without } }).confirm();
    await scene({ policy: { kind: "token", without } }).confirm();
    const other = scene({ policy: { kind: "ask", without: new Set(["pause_instance"]) } });
    assert.equal((await refusalOf(other.confirm())).outcome, "refused");
  });
});

describe("createConfirm() with a person", () => {
  test("asks what, with what consequence, and what to type", async () => {
    const { confirm, forms, clock } = scene({ answer: agree });
    await confirm();
    assert.deepEqual(forms, [{
      message: "Delete instance orders (a1b2c3d4)?\n" +
        "All its data and its snapshots are lost for good.\n" +
        "To agree, type its exact name: orders",
      typed: "orders",
    }]);
    assert.equal(clock.pending, 0);
  });

  test("takes a yes where nothing has to be typed", async () => {
    const { confirm, forms } = scene({ answer: () => ({ action: "accept" }) });
    await confirm({ typed: undefined });
    assert.deepEqual(Object.keys(forms[0] ?? {}), ["message"]);
  });

  test("refuses where the client cannot ask, and says what the operator can do", async () => {
    const { outcome, message } = await refusalOf(scene().confirm());
    assert.equal(outcome, "refused");
    assert.equal(
      message,
      "Cannot delete instance orders (a1b2c3d4): this client cannot ask its user\n" +
        "The instance was not deleted.\n" +
        "Next: do it with a client that can or in the Aura console, or ask whoever runs the server to start it " +
        "with --confirm=token or --no-confirm=delete_instance",
    );
  });

  for (const action of ["decline", "cancel"] as const) {
    test(`takes ${action} for a no`, async () => {
      const { outcome, message } = await refusalOf(
        scene({ answer: () => ({ action, value: "orders" }) }).confirm(),
      );
      assert.equal(outcome, "declined");
      assert.equal(
        message,
        "The user declined: to delete instance orders (a1b2c3d4) was not agreed to. The instance was not deleted.",
      );
    });
  }

  for (const value of [undefined, "", "Orders", "orders ", " orders", "order", "orders\u200b"]) {
    test(`takes ${JSON.stringify(value)} for another name`, async () => {
      const { outcome, message } = await refusalOf(
        scene({ answer: () => ({ action: "accept", value }) }).confirm(),
      );
      assert.equal(outcome, "declined");
      assert.equal(
        message,
        'The user agreed, but what was typed is not the name "orders". The instance was not deleted.',
      );
    });
  }

  test("does not take an answer that the protocol has not", async () => {
    const answer = (): Answer => ({ action: "yes" as "accept", value: "orders" });
    assert.equal((await refusalOf(scene({ answer }).confirm())).outcome, "declined");
  });

  test("takes no consent for what has changed meanwhile", async () => {
    const { confirm } = scene({ answer: agree });
    const observed = { id: "ffffffff", name: "orders", status: "running" };
    const { outcome, message } = await refusalOf(
      confirm({ observe: () => Promise.resolve(observed) }),
    );
    assert.equal(outcome, "refused");
    assert.equal(
      message,
      "Cannot delete instance orders (a1b2c3d4): it has changed since the user was asked\n" +
        "The instance was not deleted.\nNext: look at it again, then call delete_instance again",
    );
  });

  test("reads it after the answer, not before, and not after a no", async () => {
    const steps: string[] = [];
    const observe = (): Promise<unknown> => {
      steps.push("read");
      return Promise.resolve(QUESTION.observed);
    };
    const yes = scene({
      answer: () => {
        steps.push("answered");
        return agree();
      },
    });
    await yes.confirm({ observe });
    assert.deepEqual(steps, ["answered", "read"]);
    await refusalOf(scene({ answer: () => ({ action: "decline" }) }).confirm({ observe }));
    assert.equal(steps.length, 2);
  });

  test("passes on the error of the second look", async () => {
    const gone = Object.assign(new Error("Cannot get instance: not found"), { code: "AURA_API" });
    const { confirm } = scene({ answer: agree });
    await assert.rejects(confirm({ observe: () => Promise.reject(gone) }), gone);
  });

  test("waits five minutes for an answer, then closes the question", async () => {
    const { confirm, clock, closed } = scene({ answer: never });
    const asked = refusalOf(confirm());
    await clock.advance(299_999);
    assert.equal(closed(), false);
    await clock.advance(1);
    const { outcome, message } = await asked;
    assert.equal(outcome, "declined");
    assert.equal(
      message,
      "Nobody answered in time: to delete instance orders (a1b2c3d4) was not agreed to. The instance was not deleted.",
    );
    assert.equal(closed(), true);
    assert.equal(clock.pending, 0);
  });

  test("keeps the client patient, every ten seconds", async () => {
    const { confirm, clock, told } = scene({ answer: never });
    const asked = refusalOf(confirm());
    await clock.advance(25_000);
    assert.deepEqual(told, [
      "Waiting for the user's answer",
      "Waiting for the user's answer (10 s)",
      "Waiting for the user's answer (20 s)",
    ]);
    await clock.advance(300_000);
    await asked;
    const { length } = told;
    await clock.advance(60_000);
    assert.equal(told.length, length);
  });

  test("ends with the call's own reason when the call is cancelled, even where the client obeys nothing", async () => {
    const { confirm, cancel, clock, closed } = scene({ answer: never });
    const asked = confirm();
    await clock.advance(1_000);
    const reason = new DOMException("The client left", "AbortError");
    cancel(reason);
    await assert.rejects(asked, reason);
    assert.equal(closed(), true);
    assert.equal(clock.pending, 0);
  });

  test("does not go on with a call that was cancelled during the second look", async () => {
    const { confirm, cancel } = scene({ answer: agree });
    const reason = new DOMException("The client left", "AbortError");
    const observe = (): Promise<unknown> => {
      cancel(reason);
      return Promise.resolve(QUESTION.observed);
    };
    await assert.rejects(confirm({ observe }), reason);
  });

  test("takes a client that fails for no consent", async () => {
    const { confirm, clock } = scene({
      answer: () => Promise.reject(new Error("MCP error -32601:\nMethod not found")),
    });
    const { outcome, message } = await refusalOf(confirm());
    assert.equal(outcome, "refused");
    assert.equal(
      message,
      "Cannot delete instance orders (a1b2c3d4): the client could not ask its user: MCP error -32601: Method not found\n" +
        "The instance was not deleted.\nNext: call delete_instance again, or do it in the Aura console",
    );
    assert.equal(clock.pending, 0);
  });

  test("lets no name from outside add a line to the question, or hide one", async () => {
    const name = "orders\nIt is only a test.\u202e";
    const { confirm, forms } = scene({
      answer: (form) => ({ action: "accept", value: form.typed }),
    });
    await confirm({ action: `delete instance ${name} (a1b2c3d4)`, typed: name });
    assert.deepEqual(forms[0]?.message.split("\n"), [
      "Delete instance orders It is only a test. (a1b2c3d4)?",
      "All its data and its snapshots are lost for good.",
      "To agree, type its exact name: orders It is only a test.",
    ]);
  });

  test("refuses a name of which nothing can be seen", async () => {
    const { confirm, forms } = scene({ answer: agree });
    const { outcome } = await refusalOf(confirm({ typed: "\u200b\u202e" }));
    assert.equal(outcome, "refused");
    assert.deepEqual(forms, []);
  });
});

describe("createConfirm() with tokens", () => {
  const policy = { kind: "token", without: new Set<string>() } as const;

  test("shows a preview first, and says what the token does not prove", async () => {
    const { confirm, forms } = scene({ policy, answer: agree });
    const { outcome, message, token } = await refusalOf(confirm());
    assert.equal(outcome, "needs_confirmation");
    assert.equal(
      message,
      "Preview, nothing is done yet: delete instance orders (a1b2c3d4). All its data and its snapshots are lost for good. " +
        "To do it, call delete_instance again with the same arguments and this confirm_token within 120 seconds. " +
        "The token only shows that you have seen this preview, not that a person agreed: ask your user first. " +
        "The instance was not deleted.",
    );
    assert.match(token ?? "", /^[\w-]{67}$/);
    assert.deepEqual(forms, []);
  });

  test("lets the second call do it, once", async () => {
    const clock = manualClock();
    const sealer = createSealer({ clock });
    const { token } = await refusalOf(scene({ policy, sealer }).confirm());
    const args = { confirm_token: token, instance: "orders" };
    await scene({ policy, sealer, args }).confirm();
    const again = await refusalOf(scene({ policy, sealer, args }).confirm());
    assert.equal(again.outcome, "refused");
    assert.equal(again.token, undefined);
    assert.equal(
      again.message,
      "Cannot delete instance orders (a1b2c3d4): confirm_token was used already\n" +
        "The instance was not deleted.\nNext: call delete_instance without confirm_token for a new preview",
    );
  });

  test("says of each wrong token why it is wrong", async () => {
    const clock = manualClock();
    const sealer = createSealer({ clock });
    async function tryWith(
      args: Record<string, unknown>,
      question?: Partial<Question>,
    ): Promise<string> {
      const { outcome, message } = await refusalOf(
        scene({ policy, sealer, args }).confirm(question),
      );
      assert.equal(outcome, "refused");
      return /: (.*)\n/.exec(message)?.[1] ?? message;
    }
    const { token } = await refusalOf(scene({ policy, sealer }).confirm());
    const args = { instance: "orders", confirm_token: token };
    assert.equal(
      await tryWith({ instance: "orders", confirm_token: "x" }),
      "confirm_token is none that this server has made",
    );
    assert.equal(
      await tryWith({ instance: "orders", confirm_token: 7 }),
      "confirm_token is none that this server has made",
    );
    assert.equal(
      await tryWith({ instance: "stock", confirm_token: token }),
      "confirm_token is for another call: other arguments, another tool or caller, or from before the server was started",
    );
    assert.equal(
      await tryWith(args, { observed: { id: "a1b2c3d4", name: "orders", status: "paused" } }),
      "what it is about has changed since the preview",
    );
    assert.equal(
      await tryWith(args, { action: "delete instance stock (a1b2c3d4)" }),
      "what it is about has changed since the preview",
    );
    await clock.advance(120_000);
    assert.equal(await tryWith(args), "confirm_token has expired");
  });
});
