/**
 * Grafeo's plans as Bolt's summaries hold them.
 *
 * @module
 */

import { planStep } from "../explained.ts";

/** A step of a plan. With `rows` in it, it is a profile. */
export type Plan = Readonly<Record<string, unknown>>;

/** What Grafeo tells of a step that ran. */
export interface GrafeoOperator {
  readonly operator: string;
  readonly detail: string;
  readonly rows: number;
  readonly timeMs: number;
  readonly children: readonly GrafeoOperator[];
}

/** Grafeo's operators, by the names that Neo4j has for what they do; what is not here keeps its own. */
const OPERATORS: Readonly<Record<string, string>> = {
  Aggregate: "EagerAggregation",
  CallProcedure: "ProcedureCall",
  DeleteEdge: "Delete",
  DeleteNode: "Delete",
  Empty: "Argument",
  Expand: "Expand(All)",
  LeftJoin: "Optional",
  LoadCsv: "LoadCSV",
  Project: "Projection",
  Return: "Projection",
  SingleRow: "Argument",
};

/** Reads EXPLAIN's text, in which two spaces more mean one level deeper. */
export function planFromText(text: string): Plan {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  let at = 0;
  const next = (depth: number): Plan[] => {
    const steps: Plan[] = [];
    for (let line = lines[at]; line !== undefined && depthOf(line) >= depth; line = lines[at]) {
      at += 1;
      const [operatorType = "", details = ""] = line.trim().split(/ (.*)/s);
      steps.push(step(operatorType, details, next(depthOf(line) + 1)));
    }
    return steps;
  };
  const steps = next(0);
  return planStep("ProduceResults", "", steps);
}

/** Reads the operators of a PROFILE. */
export function planFromProfile(operator: GrafeoOperator): Plan {
  return {
    ...step(operator.operator, operator.detail, operator.children.map(planFromProfile)),
    rows: BigInt(operator.rows),
    dbHits: 0n,
    time: BigInt(Math.round(operator.timeMs * 1e6)),
  };
}

function step(operator: string, details: string, children: readonly Plan[]): Plan {
  if (operator === "NodeScan") {
    // `(n:*)` and `(n:Movie)`
    const name = details.endsWith(":*)") ? "AllNodesScan" : "NodeByLabelScan";
    return planStep(name, details, children);
  }
  const name = OPERATORS[operator] ?? operator;
  // `(db.labels)`, where Neo4j has `db.labels()`
  const told = name === "ProcedureCall" ? details.replace(/^\((.*)\)$/s, "$1()") : details;
  return planStep(name, told, children);
}

function depthOf(line: string): number {
  return Math.floor((line.length - line.trimStart().length) / 2);
}
