import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type PlanStep, refusalOf } from "../../../src/operate/database/query-check.ts";

function planOf(...operators: string[]): PlanStep {
  return operators.reduceRight<PlanStep>(
    (child, operator) => ({
      operatorType: `${operator}@neo4j`,
      arguments: { Details: "n" },
      children: [child],
    }),
    { operatorType: "Argument@neo4j", arguments: {}, children: [] },
  );
}

function call(details: string, operator = "ProcedureCall"): PlanStep {
  return { operatorType: `${operator}@neo4j`, arguments: { Details: details }, children: [] };
}

describe("refusalOf()", () => {
  test("refusalOf() believes the database that a query reads", () => {
    assert.equal(
      refusalOf({ type: "r", plan: planOf("ProduceResults", "SomethingNew") }),
      undefined,
    );
  });

  test("refusalOf() refuses every other type, whatever the plan looks like", () => {
    for (const type of ["w", "rw", "s", "", "undefined", "R"]) {
      assert.equal(typeof refusalOf({ type, plan: planOf("ProduceResults") }), "string", type);
    }
  });

  test("refusalOf() refuses what comes without a plan", () => {
    for (const plan of [undefined, null, false, {}, "plan", { operatorType: 1 }]) {
      assert.match(refusalOf({ type: "r", plan }) ?? "", /does not tell how/);
    }
    const odd = { operatorType: "ProduceResults", children: [{}] } as unknown;
    assert.match(refusalOf({ type: "r", plan: odd }) ?? "", /does not tell how/);
  });

  test("refusalOf() knows the steps that read, where nobody says the type", () => {
    for (
      const operator of [
        "AllNodesScan",
        "NodeByLabelScan",
        "NodeIndexSeek",
        "NodeUniqueIndexSeek",
        "NodeIndexSeekByRange",
        "DirectedRelationshipTypeScan",
        "UndirectedRelationshipIndexContainsScan",
        "NodeByElementIdSeek",
        "NodeCountFromCountStore",
        "PartitionedAllNodesScan",
        "DynamicLabelNodeLookup",
        "Expand(All)",
        "OptionalExpand(Into)",
        "VarLengthExpand(Pruning,BFS,All)",
        "StatefulShortestPath(Into)",
        "Repeat(Trail)",
        "EagerAggregation",
        "OrderedDistinct",
        "SemiApply",
        "LetSelectOrAntiSemiApply",
        "SelectOrSemiApply",
        "RollUpApply",
        "NodeHashJoin",
        "NodeLeftOuterHashJoin",
        "CartesianProduct",
        "PartialTop",
        "Sort",
        "Limit",
        "Unwind",
        "ShowIndexes",
      ]
    ) {
      const plan = planOf("ProduceResults", operator);
      assert.equal(refusalOf({ type: undefined, plan }), undefined, operator);
    }
  });

  test("refusalOf() refuses every step that it does not know, where nobody says the type", () => {
    for (
      const operator of [
        "Create",
        "Merge",
        "LockingMerge",
        "Delete",
        "DetachDelete",
        "SetProperty",
        "SetNodePropertiesFromMap",
        "RemoveLabels",
        "Foreach",
        "SubqueryForeach",
        "TransactionForeach",
        "TransactionApply",
        "NodeUniqueIndexSeek(Locking)",
        "CreateIndex",
        "DropConstraint",
        "SomethingNew",
        "",
      ]
    ) {
      const plan = planOf("ProduceResults", "Filter", operator);
      assert.match(refusalOf({ type: undefined, plan }) ?? "", /not known to only read/, operator);
    }
  });

  test("refusalOf() refuses what reaches out, though it is a read", () => {
    for (const operator of ["LoadCSV", "LoadCsv", "TerminateTransactions", "RunQueryAt"]) {
      for (const type of ["r", undefined]) {
        assert.match(
          refusalOf({ type, plan: planOf("ProduceResults", operator) }) ?? "",
          /reaches beyond the database/,
        );
      }
    }
  });

  test("refusalOf() knows the procedures that only look", () => {
    for (
      const details of [
        "db.labels() :: (label :: STRING)",
        "db.schema.visualization()",
        "db.index.fulltext.queryNodes($autostring_0, $autostring_1)",
        "db.index.vector.queryNodes(`v`, 3, $q)",
        "apoc.meta.schema()",
        "apoc.path.subgraphNodes(n, {})",
        "gds.pageRank.stream($autostring_0)",
      ]
    ) {
      assert.equal(refusalOf({ type: "r", plan: call(details) }), undefined, details);
      assert.equal(refusalOf({ type: undefined, plan: call(details) }), undefined, details);
    }
  });

  test("refusalOf() refuses every other procedure, however it is written", () => {
    for (
      const details of [
        "apoc.load.json($autostring_0)",
        "`apoc`.`load`.`json`($autostring_0)",
        "apoc.cypher.run($autostring_0, {})",
        "apoc.nodes.delete(n, 10)",
        "apoc.convert.setJsonProperty(n)",
        "apoc.periodic.iterate()",
        "db.clearQueryCaches()",
        "db.createLabel($autostring_0)",
        "db.labelsx()",
        "dbms.killQuery($autostring_0)",
        "gds.graph.drop($autostring_0)",
        "custom.thing()",
        "",
      ]
    ) {
      for (const operator of ["ProcedureCall", "ProcedureCallX"]) {
        assert.match(
          refusalOf({ type: "r", plan: call(details, operator) }) ?? "",
          /procedure .* is not known to only read/,
          details,
        );
      }
    }
  });

  test("refusalOf() refuses functions that ask somebody else", () => {
    for (
      const details of [
        "genai.vector.encode(n.text, $autostring_0) AS v",
        "ai.text.embed(n.text)",
        "`apoc`.cypher.runFirstColumnSingle($autostring_0, {})",
      ]
    ) {
      const plan = call(details, "Projection");
      assert.match(refusalOf({ type: "r", plan }) ?? "", /function .* reaches beyond/, details);
    }
    assert.equal(refusalOf({ type: "r", plan: call("ai.text AS text", "Projection") }), undefined);
  });
});
