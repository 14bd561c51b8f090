"""What a simulated learner answers: right or wrong by ability and by how hard the question is, whatever its type."""

from collections.abc import Sequence
from hashlib import blake2b
from math import exp
from random import Random
from typing import cast

from course.quiz import key
from course.quiz.choices import Choices
from course.quiz.model import Question, Value
from course.quiz.pairs import Pairs
from course.quiz.statistics import random_guess_score
from course.quiz.types.cloze import ClozeBody

LEFT_OUT = 0.02
MISLEADING = 12
"""One question in so many is misunderstood the more, the more somebody knows: for item analysis to find."""
PLANS = {
    "en": "Our cooperative of market traders lost its store in the flood. We know from the sales book what is missing. "
    "First we repair the roof with savings; then a credit union lends for new stock. Parents may pay later.",
    "fr": "Notre coopérative de maraîchers a perdu son magasin dans l’inondation. Le livre des ventes dit ce qui "
    "manque. Nous réparons d’abord le toit avec notre épargne, puis une caisse de crédit prête pour le stock.",
    "es": "Nuestra cooperativa de pescadores perdió sus barcas en la tormenta. El libro de ventas muestra lo que falta."
    " Primero reparamos con los ahorros; después una caja de crédito presta para los motores.",
}


def difficulty(question: Question) -> float:
    """How hard a question is, in standard deviations of ability: its own, always the same."""
    return (_digest(question.id) % 1000) / 1000 * 2.6 - 1.7


def knows(question: Question, ability: float, chance: Random) -> bool:
    """Whether a learner of this ability knows the answer, by the one-parameter logistic model with guessing."""
    slope = -0.7 if _digest(question.id + "?") % MISLEADING == 0 else 1.2
    guess = float(random_guess_score(question) or 0)
    return chance.random() < guess + (1 - guess) / (1 + exp(-slope * (ability - difficulty(question))))


def answered(question: Question, ability: float, chance: Random) -> Value | None:
    """A value for a question, in its language; None where it is left out."""
    if chance.random() < LEFT_OUT:
        return None
    right = key(question)
    if right is None:
        return _open(question, chance)
    if isinstance(right, dict) and question.type != "numerical":
        return _parts(question, right, ability, chance)
    return right if knows(question, ability, chance) else _wrong(question, right, chance)


def _open(question: Question, chance: Random) -> Value:
    if question.type == "scale":
        return [str(chance.choices([1, 2, 3, 4, 5], [1, 2, 4, 6, 3])[0])]
    return PLANS.get(question.language, PLANS["en"])


def _parts(question: Question, right: dict[str, object], ability: float, chance: Random) -> Value:
    """Part by part: what is known stands right, the rest is mixed among itself or drawn."""
    unknown = [part for part in right if not knows(question, ability, chance)]
    if question.type == "order":
        places = [right[part] for part in unknown]
        chance.shuffle(places)
        return right | dict(zip(unknown, places, strict=True))
    return right | {part: _other(question, part, chance) for part in unknown}


def _other(question: Question, part: str, chance: Random) -> str:
    body = question.body
    if isinstance(body, Pairs):
        return chance.choice(body.targets).id
    gap = next(gap for gap in cast("ClozeBody", body).gaps if gap.id == part)
    return str(chance.randint(1, len(gap.options)))


def _wrong(question: Question, right: Value, chance: Random) -> Value:
    match question.type:
        case "truefalse":
            return ["false" if right == ["true"] else "true"]
        case "single":
            others = [choice for choice in cast("Choices", question.body).choices if not choice.key]
            tempting = [3 + _digest(question.id + choice.id) % 5 * 2 for choice in others]
            return [chance.choices(others, tempting)[0].id]
        case "multiple":
            return _some(cast("Choices", question.body), chance)
        case "numerical":
            number = float(str(cast("dict[str, object]", right)["number"]))
            return {"number": f"{number * chance.choice([0.5, 0.8, 1.5, 2, 10]) + chance.choice([0, 1]):.4g}"}
        case "cloze":
            lines = str(right).splitlines()
            return "\n".join(line for at, line in enumerate(lines) if at or len(lines) == 1) + " …"
    return chance.choice(["?", "enterprise", "association", "coopérative", "mutualidad"])


def _some(body: Choices, chance: Random) -> Value:
    taken = [choice.id for choice in body.choices if chance.random() < (0.7 if choice.key else 0.3)]
    return list(cast("Sequence[object]", taken)) or [chance.choice(body.choices).id]


def _digest(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=4).digest(), "big")
