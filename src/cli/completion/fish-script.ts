/**
 * Completion for fish: no process is started at a TAB.
 *
 * @module
 */
import type { CompletionFlag, CompletionPlace, CompletionValue } from "./places.ts";

/** The script, with how to install it in its head. */
export function fishScript(
  places: readonly CompletionPlace[],
  everywhere: readonly CompletionFlag[],
): string {
  const paths = places.filter(({ path }) => path !== "").map(({ path }) => `"${path}"`);
  const takers = (flags: readonly CompletionFlag[]): string[] =>
    flags.filter(({ value }) => value !== undefined).flatMap(({ spellings }) => spellings);
  const valued = [
    ...takers(everywhere).map((spelling) => `"${spelling}"`),
    ...places.flatMap(({ path, flags }) =>
      takers(flags).map((spelling) => `"${path} ${spelling}"`)
    ),
  ];
  return `# Completion of aura-wake for fish.
#   for this shell:   aura-wake completion fish | source
#   for every shell:  aura-wake completion fish > ~/.config/fish/completions/aura-wake.fish

set -g __aura_wake_places ${paths.join(" ")}
set -g __aura_wake_valued ${valued.join(" ")}

# The words of a command that stand there already.
function __aura_wake_place
    set -l place ""
    set -l skip no
    set -l typed (commandline -opc)
    for word in $typed[2..-1]
        if test $skip = yes
            set skip no
        else if string match -q -- '-*' $word
            if contains -- "$word" $__aura_wake_valued; or contains -- "$place $word" $__aura_wake_valued
                set skip yes
            end
        else
            set -l longer (string trim -- "$place $word")
            if contains -- "$longer" $__aura_wake_places
                set place $longer
            end
        end
    end
    echo $place
end

function __aura_wake_at
    set -l place (__aura_wake_place)
    test "$place" = "$argv[1]"
end

complete -c aura-wake -e
complete -c aura-wake -f
${everywhere.map((flag) => flagLine(flag)).join("\n")}
${places.flatMap(placeLines).join("\n")}
`;
}

function placeLines({ path, words, flags }: CompletionPlace): string[] {
  return [
    ...words.map(({ word, summary }) =>
      `complete -c aura-wake ${condition(path)} -a ${word}${description(summary)}`
    ),
    ...flags.map((flag) => flagLine(flag, path)),
  ];
}

function flagLine({ spellings, summary, value }: CompletionFlag, path?: string): string {
  const names = spellings.map((spelling) =>
    spelling.startsWith("--") ? `-l ${spelling.slice(2)}` : `-s ${spelling.slice(1)}`
  );
  return ["complete -c aura-wake", path !== undefined && condition(path), ...names, taking(value)]
    .filter(Boolean).join(" ") + description(summary);
}

function condition(path: string): string {
  return `-n '__aura_wake_at "${path}"'`;
}

function taking(value: CompletionValue | undefined): string {
  if (value === undefined) return "";
  if (value.kind === "file") return "-r -F";
  return value.kind === "words" ? `-x -a "${value.words.join(" ")}"` : "-x";
}

function description(summary: string): string {
  if (summary === "") return "";
  return ` -d '${summary.replaceAll("\\", "\\\\").replaceAll("'", String.raw`\'`)}'`;
}
