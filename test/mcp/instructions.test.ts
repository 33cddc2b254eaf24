import assert from "node:assert/strict";
import { after, afterEach, before, describe, test } from "node:test";
import { getEncoding } from "js-tiktoken";
import { TOOLS } from "../../mcp/core/catalogue.ts";
import { type Emulator, startEmulator } from "../../src/emulator/mod.ts";
import { type Connected, type ConnectOptions, connectTo } from "./connect.ts";

const MOST_TOKENS = 400;
const EVERYTHING: ConnectOptions = {
  mode: "destructive",
  toolsets: ["core", "instances", "snapshots", "imports", "graphql", "database"],
};

describe("instructions", () => {
  let aura: Emulator;
  const open: Connected[] = [];
  const encoding = getEncoding("cl100k_base");

  before(async () => {
    aura = await startEmulator({ instances: [{ id: "aaaa0001", engine: "canned" }] });
  });
  after(() => aura.close());
  afterEach(async () => {
    for (const connected of open.splice(0)) await connected.close();
  });

  async function instructions(options: ConnectOptions = {}): Promise<string> {
    const connected = await connectTo(aura, options);
    open.push(connected);
    const text = connected.client.getInstructions() ?? "";
    const count = encoding.encode(text).length;
    assert.ok(count <= MOST_TOKENS, `${count} tokens`);
    const { tools } = await connected.client.listTools();
    const listed = new Set(tools.map(({ name }) => name));
    for (const [word] of text.matchAll(/[\w-]+/g)) {
      const isTool = TOOLS.some(({ name }) => word === name || word.endsWith(`_${name}`));
      assert.ok(!isTool || listed.has(word), `${word} is not listed`);
    }
    return text;
  }

  test("say the mode, and that more has to be allowed", async () => {
    const text = await instructions();
    assert.match(text, /Mode: read-only\. What is not listed cannot be done here/);
    assert.doesNotMatch(text, /Costs money|A person is asked|Refused|Imports:|go to a file/);
    assert.match(await instructions({ mode: "wake" }), /may wake instances \(--allow-wake\)/);
  });

  test("say the order of steps, what costs money, what asks, and what is never shown", async () => {
    const text = await instructions(EVERYTHING);
    assert.match(
      text,
      /list_instances → resume_instance, which waits until it answers → import or GraphQL or query/,
    );
    assert.match(text, /Costs money, unless it is Free: create_instance, resume_instance/);
    assert.match(text, /A person is asked before: pausing, deleting, .*a bulk import/);
    assert.match(text, /Passwords and keys never show/);
    assert.match(text, /125 requests a minute/);
    assert.match(text, /72 hours/);
    assert.match(text, /bulk replaces all its data/);
  });

  test("are about what is there: scope, prefix, toolsets, tokens", async () => {
    const narrow = await instructions({
      ...EVERYTHING,
      instance: "demo",
      prefix: "production-aura",
    });
    assert.match(narrow, /Only instance "demo" can be reached/);
    assert.doesNotMatch(narrow, /An instance is its id or exact name/);
    assert.match(narrow, /production-aura_resume_instance/);
    assert.match(await instructions({ project: "Local" }), /Only project "Local" can be reached/);
    assert.doesNotMatch(
      await instructions({ mode: "write", toolsets: ["core", "instances"] }),
      /Imports:|GraphQL:/,
    );
    const write = await instructions({ mode: "write", noConfirm: ["start_import_job"] });
    assert.match(write, /Refused in this mode: .*a bulk import/);
    assert.doesNotMatch(write, /deleting/);
    const unasked = await instructions({ ...EVERYTHING, noConfirm: ["start_import_job"] });
    assert.doesNotMatch(unasked, /a bulk import/);
    assert.match(
      await instructions({ ...EVERYTHING, confirm: "token", prefix: "production-aura" }),
      /confirm_token/,
    );
  });
});
