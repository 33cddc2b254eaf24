import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { directions } from "../../../src/cli/directions.ts";
import {
  chooseConfiguration,
  uncheckedConfiguration,
} from "../../../src/operate/instances/choose-configuration.ts";

const COMMON = { type: "professional-db", version: "5", cloud_provider: "gcp" };
const OFFERED = [
  { ...COMMON, type: "free-db", memory: "1GB", region: "europe-west1" },
  { ...COMMON, type: "free-db", memory: "1GB", region: "us-central1" },
  { ...COMMON, memory: "16GB", storage: "32GB", region: "europe-west1" },
  { ...COMMON, memory: "2GB", storage: "4GB", region: "europe-west1" },
  { ...COMMON, memory: "2GB", storage: "4GB", region: "europe-west1", version: "4" },
  { ...COMMON, memory: "2GB", storage: "4GB", region: "us-east-1", cloud_provider: "aws" },
  { ...COMMON, type: "enterprise-ds", memory: "8GB", region: "westus3", cloud_provider: "azure" },
];
const OPEN = {
  memory: undefined,
  cloud_provider: undefined,
  region: undefined,
  version: undefined,
  storage: undefined,
};

function choose(wanted: Partial<Record<keyof typeof OPEN, string>> & { readonly type: string }) {
  return chooseConfiguration(
    "project Local",
    OFFERED,
    { ...OPEN, ...wanted },
    directions,
  );
}

describe("chooseConfiguration()", () => {
  test("Free: Belgium, unless another place is asked for", () => {
    assert.deepEqual(choose({ type: "free-db" }), {
      type: "free-db",
      memory: "1GB",
      cloud_provider: "gcp",
      region: "europe-west1",
      version: "5",
    });
    assert.equal(choose({ type: "free-db", region: "us-central1" }).region, "us-central1");
  });

  test("a region tells its provider, the newest version is taken, and what is the only one", () => {
    assert.deepEqual(choose({ type: "professional-db", memory: "2GB", region: "us-east-1" }), {
      type: "professional-db",
      memory: "2GB",
      cloud_provider: "aws",
      region: "us-east-1",
      version: "5",
    });
    assert.equal(choose({ type: "enterprise-ds" }).cloud_provider, "azure");
    const old = { type: "professional-db", region: "europe-west1", version: "4" };
    assert.deepEqual([choose(old).memory, choose(old).version], ["2GB", "4"]);
  });

  test("where money or the place of the data is open, it is asked for", () => {
    assert.throws(() => choose({ type: "professional-db" }), {
      code: "USAGE",
      message: "Cannot create instance: a professional-db needs --memory and --region",
      suggestion:
        "--memory can be 2GB or 16GB; --region can be europe-west1 (gcp) or us-east-1 (aws)",
    });
    assert.throws(() => choose({ type: "professional-db", region: "europe-west1" }), {
      message: "Cannot create instance: a professional-db needs --memory",
    });
  });

  test("what is impossible is told with what could be changed", () => {
    assert.throws(() => choose({ type: "professional-db", memory: "16GB", region: "us-east-1" }), {
      code: "VALIDATION",
      suggestion: "--memory can be 2GB; --region can be europe-west1 (gcp); " +
        "aura-wake instances sizes shows all that is possible",
    });
    assert.throws(() => choose({ type: "professional-db", memory: "2GB", storage: "64GB" }), {
      suggestion: "--storage can be 4GB; aura-wake instances sizes shows all that is possible",
    });
    // Two wrong ones: the first of them is told.
    assert.throws(() => choose({ type: "professional-db", memory: "3GB", region: "atlantis" }), {
      suggestion:
        "--memory can be 2GB or 16GB; aura-wake instances sizes shows all that is possible",
    });
    assert.throws(
      () => chooseConfiguration("project Bare", [], { ...OPEN, type: "free-db" }, directions),
      {
        code: "VALIDATION",
        suggestion: "aura-wake instances sizes shows all that is possible",
      },
    );
  });
});

describe("uncheckedConfiguration()", () => {
  test("takes the flags as they are, and Free's defaults", () => {
    assert.deepEqual(uncheckedConfiguration({ ...OPEN, type: "free-db" }, directions), {
      type: "free-db",
      memory: "1GB",
      cloud_provider: "gcp",
      region: "europe-west1",
      version: "5",
    });
    assert.throws(() => uncheckedConfiguration({ ...OPEN, type: "professional-db" }, directions), {
      code: "USAGE",
    });
  });
});
