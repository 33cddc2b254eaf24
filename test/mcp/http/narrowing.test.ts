import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { readNarrowing } from "../../../mcp/http/narrowing.ts";
import { begin, INITIALIZE, post, refusal, start, toolCall } from "./fixture.ts";

const read = (query: string) => readNarrowing(new URL(`http://localhost/mcp${query}`));

describe("readNarrowing()", () => {
  test("reads every parameter", () => {
    const asked = read(
      "?mode=wake&toolsets=core,instances&tools=list_instances&exclude_tools=a,b&project=Prod%20One&instance=a1b2c3d4",
    );
    assert.equal(asked.problem, undefined);
    assert.deepEqual(asked.narrowing, {
      mode: "wake",
      toolsets: ["core", "instances"],
      tools: ["list_instances"],
      excludeTools: ["a", "b"],
      project: "Prod One",
      instance: "a1b2c3d4",
    });
  });

  test("takes read_only=false for no narrowing, and read_only=true for the mode", () => {
    for (const [query, mode] of [["?read_only=false", undefined], ["?read_only=true", "read"]]) {
      const asked = read(query ?? "");
      assert.equal(asked.problem, undefined);
      assert.equal(asked.narrowing.mode, mode);
    }
    assert.deepEqual(read(""), { narrowing: {}, key: undefined });
  });

  test("refuses what it does not know, says what it knows, and repeats no value", () => {
    const wrong: [query: string, said: RegExp][] = [
      [
        "?readonly=true",
        /none of read_only, mode, toolsets, tools, exclude_tools, project, instance/,
      ],
      ["?canary=1", /none of read_only/],
      ["?read_only=canary", /neither true nor false/],
      ["?read_only=", /empty/],
      ["?mode=canary", /none of read, wake, write, destructive/],
      ["?mode=read&mode=write", /more than once/],
      ["?read_only=true&mode=write", /contradict/],
      ["?toolsets=core,canary", /none of core, instances, snapshots, imports, graphql, database/],
      ["?toolsets=core,", /none of core/],
      ["?tools=canary%20x", /no name of a tool/],
      [`?project=canary${"x".repeat(200)}`, /longer than 200/],
      ["?instance=canary%00", /no text/],
    ];
    for (const [query, said] of wrong) {
      const asked = read(query);
      assert.match(asked.problem ?? "", said, query);
      assert.doesNotMatch(asked.problem ?? "", /canary/);
    }
  });
});

describe("a session", () => {
  test("stays narrowed as it began", async () => {
    await using server = await start();
    const unknown = await refusal(post(`${server.url}?read-only=true`, INITIALIZE));
    assert.deepEqual([unknown.status, unknown.code], [400, -32602]);

    const headers = await begin(`${server.url}?mode=read&toolsets=core`);
    const status = async (query: string): Promise<number> => {
      const answer = await post(server.url + query, toolCall(1, "whoami"), { headers });
      await answer.text();
      return answer.status;
    };
    assert.equal(await status("?toolsets=core&mode=read"), 200);
    assert.equal(await status(""), 200);
    assert.equal(await status("?mode=write&toolsets=core"), 400);
    assert.equal(await status("?mode=read"), 400);
    assert.equal(server.inside.callers.length, 1);
  });
});
