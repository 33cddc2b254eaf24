/**
 * `aura-wake instances sizes`
 *
 * @module
 */
import type { SizingAnswer, SizingQuestion } from "../../aura/instance.ts";
import type { InstanceConfiguration } from "../../aura/project.ts";
import { findProject } from "../../operate/instances/find-project.ts";
import { OperateError } from "../../operate/operate-error.ts";
import { type Command, defineCommand } from "../command.ts";
import type { Context } from "../context.ts";
import { parseWholeNumber } from "../input/whole-number.ts";
import { PROJECT_FLAG } from "../instances/project-flag.ts";

const MOST = 999_999_999_999_999;

/** Shows what may be created in a project; or, given the size of a graph, how large a Graph Data Science instance should be. */
export const instancesSizes: Command = defineCommand({
  args: {
    type: {
      type: "string",
      description: "Only of this type, such as professional-db (default: all)",
    },
    region: { type: "string", description: "Only in this region (default: all)" },
    "cloud-provider": { type: "string", description: "Only in this cloud (default: all)" },
    project: PROJECT_FLAG,
    nodes: {
      type: "string",
      valueHint: "count",
      description: "Ask for a recommendation for so many nodes (professional-ds, enterprise-ds)",
    },
    relationships: { type: "string", valueHint: "count", description: "And so many relationships" },
    algorithms: {
      type: "string",
      valueHint: "category,…",
      description: "What will run, such as centrality,similarity (default: anything)",
    },
  },
  async run(context, values) {
    const { nodes, relationships, algorithms, type, region } = values;
    if (nodes === undefined && relationships === undefined && algorithms === undefined) {
      const wanted = { type, region, cloud_provider: values["cloud-provider"] };
      return printOffer(context, await offer(context, values.project, wanted));
    }
    if (nodes === undefined || relationships === undefined) {
      throw new OperateError(
        "USAGE",
        "Cannot read the arguments: a recommendation needs both --nodes and --relationships",
      );
    }
    const wanted = type ?? "professional-ds";
    if (!wanted.endsWith("-ds")) {
      throw new OperateError(
        "USAGE",
        `Cannot recommend a size of ${wanted}: Aura does that for professional-ds and enterprise-ds`,
      );
    }
    const question: SizingQuestion = {
      node_count: parseWholeNumber("--nodes", nodes, { least: 0, most: MOST }),
      relationship_count: parseWholeNumber("--relationships", relationships, {
        least: 0,
        most: MOST,
      }),
      instance_type: wanted,
      ...(algorithms && {
        algorithm_categories: algorithms.split(",").map((word) => word.trim()).filter(Boolean),
      }),
    };
    const aura = await context.aura();
    printAnswer(context, await aura.instances.sizing(question, { signal: context.signal }), wanted);
  },
});

type Filter = Readonly<Record<"type" | "region" | "cloud_provider", string | undefined>>;

async function offer(
  context: Context,
  named: string | undefined,
  filter: Filter,
): Promise<InstanceConfiguration[]> {
  const { instance_configurations: offered = [] } = await findProject(context, named);
  const given = Object.entries(filter).filter(([, value]) => value !== undefined);
  return offered.filter((configuration) =>
    given.every(([field, value]) => configuration[field] === value)
  );
}

/** For eyes, one line holds all sizes of one type in one region. */
function printOffer(context: Context, offered: readonly InstanceConfiguration[]): void {
  if (context.print.format !== "table") return context.print.list(offered, {});
  const rows = Map.groupBy(
    offered,
    ({ type, cloud_provider, region, version }) =>
      JSON.stringify([type, cloud_provider, region, version]),
  );
  context.print.list([...rows.values()], {
    TYPE: ([first]) => first?.type,
    CLOUD: ([first]) => first?.cloud_provider,
    REGION: ([first]) => first?.region,
    VERSION: ([first]) => first?.version,
    MEMORY: (sizes) => [...new Set(sizes.map(({ memory }) => memory))].join(" "),
  }, "There is nothing of this kind to be created in this project");
}

function printAnswer({ print }: Context, answer: SizingAnswer, type: string): void {
  print.one(answer, {
    type,
    "recommended size": answer.recommended_size,
    "memory at least": answer.min_required_memory,
    "fits the largest": !answer.did_exceed_maximum,
  });
}
