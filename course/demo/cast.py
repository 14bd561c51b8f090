"""Who the simulated learners are: what they are called, how able and patient they are, in which language."""

from dataclasses import dataclass
from random import Random

NAMES = {
    "en": ("Abena", "Arjun", "Beatrix", "Chidi", "Eleni", "Fatuma", "Hyun-woo", "Ingrid", "Jamal", "Kerubo", "Lindiwe",
           "Marek", "Nilufar", "Omondi", "Priya", "Rosalind", "Samir", "Thandeka", "Wanjiru", "Yusuf"),
    "fr": ("Aïssata", "Amadou", "Bénédicte", "Cheikh", "Clarisse", "Djibril", "Éloïse", "Fanta", "Gaspard", "Hawa",
           "Ibrahima", "Jocelyne", "Khadija", "Léopold", "Mariama", "Nassim", "Ousmane", "Rokia", "Solange", "Yacine"),
    "es": ("Alejandra", "Anselmo", "Bernarda", "Camilo", "Dolores", "Esteban", "Feliciana", "Gonzalo", "Itzel",
           "Joaquina", "Lisandro", "Maite", "Nahuel", "Ofelia", "Primitivo", "Remedios", "Santos", "Ximena", "Yaneth"),
}  # fmt: skip
WEIGHTS = {"en": 45, "fr": 32, "es": 23}
MARK = {"en": "simulated", "fr": "simulé", "es": "simulado"}


@dataclass(frozen=True, slots=True)
class Character:
    """A simulated learner. `ability` in standard deviations, 0 the average; `patience` 0 to 1."""

    username: str
    name: str
    language: str
    ability: float
    patience: float


def character(number: int, languages: list[str], chance: Random) -> Character:
    """The learner of this number, speaking one of the languages that the course has."""
    spoken = [tag for tag in languages if tag in NAMES] or ["en"]
    language = chance.choices(spoken, [WEIGHTS[tag] for tag in spoken])[0]
    return Character(
        username=f"simulated-{number:04}",
        name=f"{chance.choice(NAMES[language])} {number} ({MARK[language]})",
        language=language,
        ability=chance.gauss(0.5, 1),
        patience=chance.betavariate(4, 1.6),
    )
