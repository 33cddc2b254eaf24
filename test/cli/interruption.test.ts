import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Io } from "../../src/cli/io.ts";
import { tellFailure } from "../../src/cli/run.ts";
import { OperateError } from "../../src/operate/operate-error.ts";

describe("tellFailure()", () => {
  async function told(error: unknown): Promise<{ code: number; text: string }> {
    let text = "";
    const io = {
      args: ["--output", "json"],
      stdout: { isTty: false },
      stderr: { write: (more: string) => void (text += more) },
      signal: AbortSignal.abort(new Error("Stopped by Ctrl-C")),
    } as unknown as Io;
    return { code: await tellFailure(error, io), text };
  }

  test("tellFailure() says after a Ctrl-C that it was Ctrl-C, but hides no loss", async () => {
    assert.deepEqual(await told(new Error("fetch failed")), {
      code: 130,
      text: '{"code":"INTERRUPTED","exit_code":130,"message":"Stopped by Ctrl-C"}\n',
    });
    const lost = new OperateError(
      "UNCONFIRMED",
      "Cannot tell whether it was created",
      "look for it",
    );
    assert.deepEqual(await told(lost), {
      code: 130,
      text:
        '{"code":"UNCONFIRMED","exit_code":130,"message":"Cannot tell whether it was created",' +
        '"suggestion":"look for it"}\n',
    });
  });
});
