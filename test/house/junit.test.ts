import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { addCounts, closingLines, countTests, formatCounts } from "../../scripts/junit.ts";

const fromBun = `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="bun test" tests="4" assertions="0" failures="1" skipped="1" time="0.05">
  <testsuite name="test/a.test.ts" file="test/a.test.ts" tests="4" failures="1" skipped="1">
    <testsuite name="outer" file="test/a.test.ts" line="3" tests="3" failures="1" skipped="1">
      <testcase name="x() adds" classname="outer" time="0.001" file="test/a.test.ts" />
      <testcase name="x() &lt;fails&gt; &amp; more" classname="outer" time="0.001" file="test/a.test.ts">
        <failure type="AssertionError" message="1 !== 2&#10;">AssertionError: &lt;testcase&gt;</failure>
      </testcase>
      <testcase name="skipped" classname="outer" time="0" file="test/a.test.ts">
        <skipped />
      </testcase>
    </testsuite>
    <testcase name="a &gt; b" classname="" time="0.0004" file="test/a.test.ts" />
  </testsuite>
</testsuites>`;

const fromDeno = `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="deno test" tests="8" failures="4" errors="0" time="0.153">
    <testsuite name="./test/a.test.ts" tests="2" disabled="0" errors="0" failures="1">
        <testcase name="outer" classname="./test/a.test.ts" time="0.005" line="3" col="1">
            <failure message="1 test step failed">1 test step failed.</failure>
        </testcase>
        <testcase name="hook" classname="./test/a.test.ts" time="0.005" line="3" col="1">
            <failure message="before() failed">Error: before() failed</failure>
        </testcase>
        <testcase name="alone" classname="./test/a.test.ts" time="0.001" line="11" col="1">
        </testcase>
    </testsuite>
    <testsuite name="ext:deno_node/testing.ts" tests="5" disabled="1" errors="0" failures="2">
        <testcase name="outer &gt; inner" classname="ext:deno_node/testing.ts" time="0.002">
            <failure message="1 test step failed">1 test step failed.</failure>
        </testcase>
        <testcase name="outer &gt; inner &gt; x() adds" classname="ext:deno_node/testing.ts" time="0.001">
        </testcase>
        <testcase name="outer &gt; inner &gt; x() fails" classname="ext:deno_node/testing.ts" time="0.001">
            <failure message="1 !== 2">AssertionError</failure>
        </testcase>
        <testcase name="outer &gt; skipped" classname="ext:deno_node/testing.ts" time="0.000">
            <skipped/>
        </testcase>
        <testcase name="hook &gt; y() adds" classname="ext:deno_node/testing.ts" time="0.001">
        </testcase>
    </testsuite>
</testsuites>`;

describe("countTests()", () => {
  test("countTests() counts what Bun writes", () => {
    assert.deepEqual(countTests(fromBun, "bun"), { passed: 2, failed: 1, skipped: 1 });
  });

  test("countTests() counts what Deno writes, a group only if it failed by itself", () => {
    assert.deepEqual(countTests(fromDeno, "deno"), { passed: 3, failed: 2, skipped: 1 });
  });

  test("countTests() counts nothing in a file that holds no test", () => {
    assert.deepEqual(countTests("", "bun"), { passed: 0, failed: 0, skipped: 0 });
  });
});

test("formatCounts() gives the plain line, whatever was skipped", () => {
  const counts = addCounts(
    { passed: 12, failed: 1, skipped: 0 },
    { passed: 1, failed: 0, skipped: 3 },
  );
  assert.deepEqual(counts, { passed: 13, failed: 1, skipped: 3 });
  assert.equal(formatCounts(counts), "13 passed, 1 failed");
});

test("closingLines() ends with the plain line, after what was skipped", () => {
  const counts = { passed: 12, failed: 1, skipped: 0 };
  assert.deepEqual(closingLines(counts), ["12 passed, 1 failed"]);
  assert.deepEqual(closingLines({ ...counts, skipped: 3 }), ["3 skipped", "12 passed, 1 failed"]);
});
