/**
 * `POST /instances/sizing`: how much memory a graph will need. The arithmetic is the local Aura's own.
 *
 * @see https://neo4j.com/docs/aura/platform/api/specification/
 * @module
 */
import { z } from "zod";
import { readBody } from "./read-body.ts";

interface SizingRequest {
  node_count: number;
  relationship_count: number;
  instance_type: "professional-ds" | "enterprise-ds";
  algorithm_categories?: string[] | undefined;
}

const COUNT = z.number().int().min(0);

const SIZING_REQUEST: z.ZodType<SizingRequest> = z.object({
  node_count: COUNT,
  relationship_count: COUNT,
  instance_type: z.enum(["professional-ds", "enterprise-ds"]),
  algorithm_categories: z.array(z.enum([
    "centrality",
    "community-detection",
    "machine-learning",
    "node-embedding",
    "path-finding",
    // As one of the examples in the specification spells it.
    "pathfinding",
    "similarity",
  ])).optional(),
});

const MEMORIES_GB = [2, 4, 8, 16, 24, 32, 48, 64, 128, 192, 256, 384, 512] as const;
const LARGEST_GB = 512;

const BASE_GB = 4;
const GB_PER_MILLION_NODES = 2;
const GB_PER_MILLION_RELATIONSHIPS = 1.6;
const GB_PER_FURTHER_CATEGORY = 1;

/** Answers what is needed at least, and the next size that is sold. */
export function sizeInstance(text: string): Response {
  const body = readBody(text, SIZING_REQUEST);
  if (body instanceof Response) return body;
  const categories = new Set(body.algorithm_categories);
  const neededGb = Math.ceil(
    BASE_GB +
      GB_PER_MILLION_NODES * body.node_count / 1e6 +
      GB_PER_MILLION_RELATIONSHIPS * body.relationship_count / 1e6 +
      GB_PER_FURTHER_CATEGORY * Math.max(0, categories.size - 1),
  );
  const recommendedGb = MEMORIES_GB.find((size) => size >= neededGb);
  return Response.json({
    data: {
      did_exceed_maximum: recommendedGb === undefined,
      min_required_memory: `${neededGb}GB`,
      recommended_size: `${recommendedGb ?? LARGEST_GB}GB`,
    },
  });
}
