import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { directions } from "../../src/cli/directions.ts";
import type { Directions } from "../../src/operate/directions.ts";
import { toFailure } from "../../src/operate/failure.ts";
import { findInstance } from "../../src/operate/instances/find-instance.ts";
import { librarySources, read, withoutComments } from "../house/sources.ts";

/** Those of somebody who has neither commands nor flags. */
const { letWrite: _letWrite, showOrigin: _showOrigin, ...common } = directions;
const OTHERS: Directions = {
  ...common,
  field: (name) => name,
  instances: { ...common.instances, list: () => "list_instances" },
  diagnose: "diagnose",
};

describe("directions", () => {
  test("src/operate names no command and no flag of the command line", () => {
    // What other programs are called by: aura-cli, and Deno itself.
    const theirs = /--version|--allow-/;
    const words = /.*(?:aura-wake [a-z]|(?<![\w-])--[a-z]|Ctrl-C).*/g;
    const found = librarySources().filter((path) => path.startsWith("src/operate/"))
      .flatMap((path) => withoutComments(read(path)).match(words) ?? [])
      .filter((line) => !theirs.test(line));
    assert.deepEqual(found, []);
  });

  test("toFailure() says what to do next in the words of whoever asked", () => {
    const gone = Object.assign(new Error("Cannot wake"), { code: "AURA_GONE" });
    assert.deepEqual(toFailure(gone, OTHERS), {
      code: "AURA_GONE",
      message: "Cannot wake",
      suggestion: "check the instance id; list_instances shows what there is",
    });
    const unreachable = Object.assign(new Error("no"), { code: "ECONNREFUSED" });
    assert.equal(toFailure(unreachable, OTHERS).suggestion, "diagnose finds out why");
  });

  test("toFailure() suggests nothing that whoever asked cannot do", () => {
    const code = "Neo.ClientError.Statement.AccessMode";
    const writes = Object.assign(new Error("Writing is not allowed"), { code });
    assert.equal(
      toFailure(writes, directions).suggestion,
      "add --write if it is meant to write",
    );
    assert.equal("suggestion" in toFailure(writes, OTHERS), false);
    assert.deepEqual(toFailure(new TypeError("x is undefined"), OTHERS), {
      code: "INTERNAL",
      message: "Cannot finish: x is undefined",
    });
  });

  test("findInstance() tells where the list is in the words of whoever asked", async () => {
    const aura = { instances: { list: () => Promise.resolve([]) } } as unknown as Parameters<
      typeof findInstance
    >[0];
    const { signal } = new AbortController();
    await assert.rejects(findInstance(aura, "orders", signal, OTHERS), {
      code: "NOT_FOUND",
      suggestion: "list_instances shows what there is",
    });
  });
});
