/**
 * Grafeo's plans as Bolt's summaries hold them.
 *
 * @module
 */

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
  const [first] = steps;
  return steps.length === 1 && first !== undefined ? first : step("Plan", "", steps);
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

function step(operatorType: string, details: string, children: readonly Plan[]): Plan {
  return {
    operatorType: `${operatorType}@neo4j`,
    args: { Details: details },
    identifiers: [],
    children,
  };
}

function depthOf(line: string): number {
  return Math.floor((line.length - line.trimStart().length) / 2);
}
