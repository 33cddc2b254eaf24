import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createBudget } from "../../src/aura/budget.ts";

/** Takes until the budget says wait; answers how many it got. */
function drain(budget: ReturnType<typeof createBudget>, now: number): number {
  let taken = 0;
  while (budget.take("wake", now) === 0) taken++;
  return taken;
}

describe("budget", () => {
  test("take() allows so many a minute, in any minute", () => {
    const budget = createBudget(125);
    assert.equal(drain(budget, 1_000), 125);
    assert.equal(budget.take("wake", 21_000), 41_000);
    assert.equal(drain(budget, 61_999), 0);
    assert.equal(drain(budget, 62_000), 125);
  });

  test("take() leaves at least one request to the least urgent", () => {
    const budget = createBudget(1);
    assert.equal(budget.take("background", 0), 0);
    assert.equal(budget.take("background", 0), 61_000);
  });

  test("refused() pauses everybody for as long as the API says", () => {
    const budget = createBudget(125);
    budget.refused(5_000, 0);
    budget.refused(1_000, 0);
    assert.equal(budget.take("wake", 1_000), 4_000);
    assert.equal(budget.take("wake", 5_000), 0);
  });

  test("refused() without a time learns what the key is allowed, and forgets it after ten minutes", () => {
    const budget = createBudget(125);
    for (let sent = 0; sent < 31; sent++) budget.take("wake", 0);
    budget.refused(undefined, 0);
    assert.equal(budget.take("wake", 0), 61_000);
    assert.equal(drain(budget, 61_000), 30);
    assert.equal(drain(budget, 600_000), 125);
  });

  test("refused() without a time never goes below what every key is allowed", () => {
    const budget = createBudget(125);
    budget.take("wake", 0);
    budget.refused(undefined, 0);
    assert.equal(drain(budget, 61_000), 25);
  });
});
