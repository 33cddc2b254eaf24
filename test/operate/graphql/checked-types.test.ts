import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { checkedTypes, NO_GRAPHQL } from "../../../src/operate/graphql/checked-types.ts";

describe("checkedTypes()", () => {
  test("gives what was found where nothing is wrong", async () => {
    assert.deepEqual(await checkedTypes("movies", "type Movie @node { title: String }"), {
      problems: [],
      isSubgraph: false,
    });
  });

  test("tells of the first problems, and how many more there are", async () => {
    const fields = Array.from({ length: 7 }, (_, at) => `f${at}: ID @nowhere`).join("\n");
    await assert.rejects(checkedTypes("movies", `type A @node {\n${fields}\n}`), {
      code: "VALIDATION",
      message: 'Cannot deploy Data API "movies": its type definitions are wrong: ' +
        [2, 3, 4, 5, 6].map((line) => `${line}:8 Unknown directive "@nowhere"`).join("; ") +
        "; and 2 more",
    });
  });

  test("lets Aura find out where the package is not installed, which has a name and a version", async () => {
    assert.equal(await checkedTypes("movies", "type", () => Promise.resolve(undefined)), undefined);
    assert.equal(
      NO_GRAPHQL,
      "the package graphql is not installed here, run `npm install graphql@16`",
    );
  });
});
