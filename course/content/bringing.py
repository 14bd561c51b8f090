"""What translators bring back, put into the files: a section at a time, and nothing that they did not touch. Pure."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from course.content.messages import Key, Message, Parts, block_keys, context_of, messages, split_blocks
from course.content.units import TOP, recorded
from course.markup import yaml
from course.markup.findings import Findings

_TOP_LEVEL = re.compile(r"[^\s#-]")


@dataclass(frozen=True, slots=True)
class Brought:
    """What came of a file: `text` is None where too little is translated to write it. `open` is what is left to do,

    `known` the keys of all its messages.
    """

    text: str | None
    open: tuple[Message, ...]
    known: frozenset[Key]


def bring(source: Parts, translation: Parts | None, given: Mapping[Key, str]) -> Brought:
    """The translation of a file, with what is `given`. What is not given stays as it is.

    A section counts as up to date with its source when all of it was given, and anything of it is new.
    """
    known = messages(source, translation)
    keys = frozenset(message.key for message in (*known, *messages(source, None)))
    words = {key: text for key, text in given.items() if key in keys and text}
    left = tuple(message for message in known if not (words.get(message.key) or message.translation))
    title, objectives = _front(source, translation, words)
    units = {unit: _unit(unit, source, translation, words) for unit in source.units}
    done = {unit: text for unit, text in units.items() if text is not None}
    if not title or not all(objectives.values()) or len(done) < len(units):
        return Brought(None, left, keys)
    made = whole(source, translation, title, objectives, done)
    before = translation.head["made_from"] if translation else {}
    after = {**before, **dict(_made_now(source, translation, words, (title, objectives), done))}
    ordered = {unit: after[unit] for unit in source.units if unit in after}
    return Brought(made if ordered == before else recorded(made, ordered), left, keys)


def _front(source: Parts, translation: Parts | None, words: Mapping[Key, str]) -> tuple[str, dict[str, str]]:
    """The title and the objectives; empty where they are not translated."""
    name = source.head["id"]
    title = words.get((f"{name} title", source.title)) or (translation.title if translation else "")
    there = translation.objectives if translation else {}
    return title, {
        objective: words.get((f"{name} objective {objective}", text)) or there.get(objective, "")
        for objective, text in source.objectives.items()
    }


def _made_now(
    source: Parts,
    translation: Parts | None,
    words: Mapping[Key, str],
    front: tuple[str, dict[str, str]],
    units: Mapping[str, str],
) -> Iterator[tuple[str, str]]:
    """The units that were made from the source of today, with its digests."""
    old = (translation.title, dict(translation.objectives)) if translation else None
    record = translation.head["made_from"] if translation else {}
    for unit, text in units.items():
        keys = [message.key for message in messages(source, None) if message.unit == unit]
        given = all(key in words for key in keys) or (context_of(source, unit), source.units[unit]) in words
        was = translation.units.get(unit) if translation else None
        if given and (unit in record or text != was or (unit == TOP and front != old)):
            yield unit, source.head["digests"][unit]


def _unit(unit: str, source: Parts, translation: Parts | None, words: Mapping[Key, str]) -> str | None:
    """The text of a unit in the translation; None where something of it is not translated."""
    context, text = context_of(source, unit), source.units[unit]
    there = translation.units.get(unit) if translation else None
    keys, gaps = block_keys(context, text), split_blocks(text)[1]
    others = [""] * len(keys)
    if there is not None:
        blocks, between = split_blocks(there)
        if len(blocks) == len(keys):
            others, gaps = blocks, between
        elif (context, text) in words:
            return words[context, text]
    made = [words.get(key) or other for key, other in zip(keys, others, strict=True)]
    if not all(made):
        return there
    return gaps[0] + "".join(block + gap for block, gap in zip(made, gaps[1:], strict=True))


def whole(
    source: Parts, translation: Parts | None, title: str, objectives: Mapping[str, str], units: Mapping[str, str]
) -> str:
    """The file of a translation: front matter, then the units, with the blank lines that it, else the source, has."""
    model = translation or source
    lines = model.text.split("\n")
    front = lines[: model.body - 1] if translation else _new_front(source)
    if not translation or title != translation.title:
        front = with_key(front, "title", [f"title: {scalar(title)}"])
    if source.objectives and (not translation or objectives != dict(translation.objectives)):
        entries = [f"  {name}: {scalar(words)}" for name, words in objectives.items()]
        front = with_key(front, "objectives", ["objectives:", *entries])
    out = "\n".join(front) + "\n"
    order = sorted(model.units, key=lambda unit: model.lines[unit]) if translation else list(source.units)
    ends = [*(model.lines[unit] for unit in order[1:]), len(lines) + 1]
    for unit, end in zip(order, ends, strict=True):
        whole = "\n".join(lines[model.lines[unit] - 1 : end - 1]) + ("\n" if end <= len(lines) else "")
        before, _, after = whole.partition(model.units[unit]) if model.units[unit] else (whole, "", "")
        out += before + units.get(unit, model.units[unit]) + after
    return out


def _new_front(source: Parts) -> list[str]:
    """The front matter of a translation that is not there yet: what is the same in all languages."""
    minutes = [f"minutes: {source.head['minutes']}"] if "minutes" in source.head else []
    return [
        "---",
        f"id: {source.head['id']}",
        "title:",
        *minutes,
        *(["objectives:"] if source.objectives else []),
        "---",
    ]


def with_key(front: list[str], key: str, entry: list[str]) -> list[str]:
    """The lines of a front matter, with this entry for a top-level key."""
    close = len(front) - 1
    start = next((at for at in range(1, close) if re.match(rf"{re.escape(key)}\s*:", front[at])), close)
    end = next((at for at in range(start + 1, close) if _TOP_LEVEL.match(front[at])), close) if start < close else close
    return [*front[:start], *entry, *front[end:]]


def scalar(text: str) -> str:
    """A text as YAML: as it is where that reads as this text, else in quotes."""
    node = yaml.load(f"k: {text}", "", Findings())
    plain = node is not None and node.value == {"k": text} and "\n" not in text
    return text if plain else json.dumps(text, ensure_ascii=False)
