/**
 * Completion for zsh: no process is started at a TAB.
 *
 * @module
 */
import {
  type CompletionFlag,
  type CompletionPlace,
  type CompletionValue,
  valuePatterns,
} from "./places.ts";

/** The script, with how to install it in its head. */
export function zshScript(
  places: readonly CompletionPlace[],
  everywhere: readonly CompletionFlag[],
): string {
  const paths = places.filter(({ path }) => path !== "").map(({ path }) => `"${path}"`);
  return `#compdef aura-wake
# Completion of aura-wake for zsh.
#   for this shell:   source <(aura-wake completion zsh)     (after compinit)
#   for every shell:  aura-wake completion zsh > "\${fpath[1]}/_aura-wake", then start a new one

# Whether these words begin a command.
_aura-wake-knows() {
  case "$1" in
    (${paths.join("|")}) return 0 ;;
  esac
  return 1
}

# What may follow a flag, in "choices"; fails where the flag takes no value.
_aura-wake-value() {
  choices=()
  case "$1 $2" in
${valueCases(places, everywhere)}
    (*) return 1 ;;
  esac
}

# What may come after these words, in "next" and "flags".
_aura-wake-place() {
  next=()
  flags=(
${describedFlags(everywhere)}
  )
  case "$1" in
${places.map(placeCase).join("\n")}
  esac
}

_aura-wake() {
  local place="" word index skip="" flag="" current="\${words[CURRENT]}"
  local -a choices next flags
  for ((index = 2; index < CURRENT; index++)); do
    word="\${words[index]}" flag=""
    if [[ -n $skip ]]; then
      skip=""
    elif [[ $word == -* ]]; then
      if _aura-wake-value "$place" "$word"; then skip=1 flag="$word"; fi
    elif _aura-wake-knows "\${place:+$place }$word"; then
      place="\${place:+$place }$word"
    fi
  done
  if [[ -z $flag && $current == --*=* ]]; then
    flag="\${current%%=*}"
    compset -P '*='
    _aura-wake-value "$place" "$flag" || return 1
  fi
  if [[ -n $flag ]]; then
    _aura-wake-value "$place" "$flag"
    if [[ $choices == : ]]; then _files; else compadd -a choices; fi
    return
  fi
  _aura-wake-place "$place"
  if [[ $current == -* ]]; then _describe flag flags; else _describe word next; fi
}

if [[ $funcstack[1] == _aura-wake ]]; then
  _aura-wake "$@"
else
  compdef _aura-wake aura-wake
fi
`;
}

function valueCases(
  places: readonly CompletionPlace[],
  everywhere: readonly CompletionFlag[],
): string {
  return valuePatterns(places, everywhere).map(([value, patterns]) =>
    `    (${patterns.join("|")}) choices=(${choicesOf(value)}) ;;`
  ).join("\n");
}

/** A colon stands for the names of files: it is no word of ours. */
function choicesOf(value: CompletionValue): string {
  return value.kind === "words" ? value.words.join(" ") : value.kind === "file" ? ":" : "";
}

function placeCase({ path, words, flags }: CompletionPlace): string {
  const next = words.map(({ word, summary }) => described(word, summary)).join(" ");
  return [
    `    ("${path}")`,
    next && `      next=(${next})`,
    flags.length > 0 && `      flags+=(\n${describedFlags(flags)}\n      )`,
    "      ;;",
  ].filter(Boolean).join("\n");
}

function describedFlags(flags: readonly CompletionFlag[]): string {
  return flags.flatMap(({ spellings, summary }) =>
    spellings.map((spelling) => `        ${described(spelling, summary)}`)
  ).join("\n");
}

/** In single quotes; a colon ends the word and begins its description. */
function described(word: string, summary: string): string {
  return `'${word}${summary === "" ? "" : `:${summary.replaceAll("'", String.raw`'\''`)}`}'`;
}
