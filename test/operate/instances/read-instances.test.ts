import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Aura } from "../../../src/aura/aura.ts";
import { directions } from "../../../src/cli/directions.ts";
import type { OperateContext } from "../../../src/operate/context.ts";
import { readInstances } from "../../../src/operate/instances/read-instances.ts";

describe("readInstances()", () => {
  const summaries = ["a", "b", "c"].map((name) => ({
    id: name.repeat(8),
    name,
    tenant_id: "t",
    cloud_provider: "gcp",
  }));

  function world(refuses?: string) {
    const asked: string[] = [];
    const notes: string[] = [];
    const aura = {
      instances: {
        get: (id: string) => {
          asked.push(id);
          if (id === refuses) return Promise.reject(new Error("no"));
          return Promise.resolve({ status: "running" });
        },
      },
    } as unknown as Aura;
    const context = {
      signal: new AbortController().signal,
      directions,
      note: (text: string) => void notes.push(text),
    } as unknown as OperateContext;
    return { aura, asked, notes, context };
  }

  test("readInstances() reads so many at most, notes the others, and leaves them as they are", async () => {
    const { aura, asked, notes, context } = world();
    const rows = await readInstances(context, aura, summaries, { most: 2 });
    assert.deepEqual(rows.map(({ status }) => status), ["running", "running", undefined]);
    assert.deepEqual(asked, ["aaaaaaaa", "bbbbbbbb"]);
    assert.deepEqual(notes, [
      "Status and type are shown for the first 2; --all reads the other 1 too",
    ]);
    const all = await readInstances(context, aura, summaries, { most: 2, all: true });
    assert.equal(all[2]?.status, "running");
  });

  test("readInstances() goes on past one that cannot be read where somebody is told", async () => {
    const { aura, context } = world("bbbbbbbb");
    const told: string[] = [];
    const onTrouble = ({ id }: { readonly id: string }): void => void told.push(id);
    const rows = await readInstances(context, aura, summaries, { onTrouble });
    assert.deepEqual(rows.map(({ status }) => status), ["running", undefined, "running"]);
    assert.deepEqual(told, ["bbbbbbbb"]);
    await assert.rejects(readInstances(context, aura, summaries), { message: "no" });
  });
});
