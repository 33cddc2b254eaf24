import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { hostOf, isLoopback } from "../src/hosts.ts";

describe("hostOf()", () => {
  const hosts: readonly (readonly [string, string | undefined])[] = [
    ["neo4j+s://1A2B3C4D.databases.neo4j.io", "1a2b3c4d.databases.neo4j.io"],
    ["neo4j+ssc://host:7687/?policy=x", "host"],
    ["bolt://127.0.0.1:7687", "127.0.0.1"],
    ["bolt+s://[::1]:7687", "[::1]"],
    ["https://user:pw@host/", "host"],
    ["http://localhost:7474", "localhost"],
    ["ftp://host", undefined],
    ["http+s://host", undefined],
    ["neo4j+s://neo4j+s://host", undefined],
    ["neo4j+s://host:7687:7687", undefined],
    ["1a2b3c4d.databases.neo4j.io", undefined],
    ["", undefined],
  ];
  for (const [uri, host] of hosts) {
    test(`hostOf() gives ${host} for ${uri}`, () => assert.equal(hostOf(uri), host));
  }
});

describe("isLoopback()", () => {
  const hosts: readonly (readonly [string | undefined, boolean])[] = [
    ["localhost", true],
    ["app.localhost", true],
    ["127.0.0.1", true],
    ["127.1.2.3", true],
    ["[::1]", true],
    ["localhost.example", false],
    ["127.evil.example", false],
    ["127.0.0.1.example", false],
    ["notlocalhost", false],
    ["1a2b3c4d.databases.neo4j.io", false],
    ["", false],
    [undefined, false],
  ];
  for (const [host, expected] of hosts) {
    test(`isLoopback() says ${expected} of ${host}`, () => {
      assert.equal(isLoopback(host), expected);
    });
  }
});
