"""Pure decisions about accounts: what may be a name or a password, and when trying has to rest."""

import re
import unicodedata
from dataclasses import dataclass

from course.clock import MICROSECONDS

PASSWORD_SHORTEST, PASSWORD_ADVISED, PASSWORD_LONGEST = 8, 15, 128
NAME_LONGEST = 200

MINUTE = 60 * MICROSECONDS
HOUR = 60 * MINUTE
DAY = 24 * HOUR


@dataclass(frozen=True, slots=True)
class Limit:
    """`tries` within `window` are free; then there is a rest. Both in microseconds."""

    tries: int
    window: int
    rest: int


SIGN_IN = Limit(tries=10, window=DAY, rest=15 * MINUTE)
"""Failures for one account, or for one name that has no account."""
ADDRESS = Limit(tries=100, window=15 * MINUTE, rest=15 * MINUTE)
"""Failures from one network address: a whole classroom may share it."""
LETTERS = Limit(tries=3, window=HOUR, rest=HOUR)
"""Mail that anybody can have sent to one e-mail address."""


@dataclass(frozen=True, slots=True)
class Tries:
    """What was counted so far. `until`: the end of the rest, None where there is none."""

    count: int
    since: int
    until: int | None


def resting(tries: Tries | None, now: int) -> bool:
    """Whether trying has to rest at present."""
    return tries is not None and tries.until is not None and now < tries.until


def counted(tries: Tries | None, limit: Limit, now: int) -> Tries:
    """The count after one more try. A try during the rest does not prolong it."""
    if resting(tries, now):
        assert tries is not None
        return tries
    if tries is None or tries.until is not None or now - tries.since > limit.window:
        tries = Tries(0, now, None)
    count = tries.count + 1
    return Tries(count, tries.since, now + limit.rest if count >= limit.tries else None)


def normal_password(text: str) -> str:
    """One form for the same password however a keyboard composed it. Nothing is cut off."""
    return unicodedata.normalize("NFKC", text)


def normal_username(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().lower()


def is_username(text: str) -> bool:
    """3 to 64 letters, digits, dots, hyphens and underscores, beginning with a letter or digit."""
    return re.fullmatch(r"[a-z0-9][a-z0-9._-]{2,63}", text) is not None


def clean_name(text: str) -> str:
    """A name on one line: no control characters, no runs of space."""
    kept = "".join(" " if unicodedata.category(c) in {"Cc", "Zl", "Zp"} else c for c in text)
    return " ".join(kept.split())[:NAME_LONGEST]


def folded(text: str) -> str:
    """In small letters and without accents, so that who has no É on the keyboard finds Élodie."""
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))


def sought(name: str | None, *identifiers: str | None) -> str:
    """By what an account is found and listed: the name first, then address and user name."""
    return " ".join(folded(part) for part in (name, *identifiers) if part)


def username_for(name: str, number: int = 1) -> str:
    """A user name made of a name: `amina.diallo`, then `amina.diallo2`; `learner1` where no Latin letter is in it."""
    words = re.findall(r"[a-z0-9]+", folded(name).replace("ß", "ss").replace("ø", "o").replace("ł", "l"))
    made = ".".join(words)[:50].strip(".")
    made = made if is_username(made) else "learner"
    return made if number == 1 and made != "learner" else f"{made}{number}"


CODE_LETTERS, CODE_GROUPS, CODE_GROUP = "abcdefghjkmnpqrstuvwxyz23456789", 4, 4
"""A first code is typed from paper: no letter in it looks like another one. 31^16 is over 2^79."""


def normal_code(text: str) -> str:
    """A first code as it is compared, however it was typed."""
    return re.sub(r"[^a-z0-9]", "", normal_password(text).lower())


_COMMON = frozenset(
    """password passwort motdepasse contrasena secret welcome bienvenue bienvenido sunshine princess football
    baseball superman batman dragon monkey shadow master letmein iloveyou jetaime teamo trustno1 starwars computer
    internet charlie michael jordan hunter killer soccer freedom whatever qwerty azerty qwertz asdfgh zxcvbn admin
    administrator learner trainer teacher student academy course solidarity cooperative changeme default guest
    loulou doudou soleil chouchou marseille barcelona realmadrid estrella mariposa chocolate amorcito""".split()  # noqa: SIM905
)
_ROWS = ("abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "azertyuiop", "qwertzuiop", "asdfghjkl", "zxcvbnm", "0123456789")
_LEET = str.maketrans("@4301$5!7", "aaeoissit")


def is_easily_guessed(password: str, *known: str) -> bool:
    """Whether a guesser tries this among the first: a common word with digits, a row of keys, a repeat, one's own name.

    `known`: the name and addresses of the person.
    """
    low = password.lower()
    if len(set(low)) <= 3 or _is_row(low) or _is_row(low[::-1]):
        return True
    own = {part for text in known for part in re.split(r"[^\w]+", text.lower()) if len(part) >= 4}
    bare = re.sub(r"[\d\W_]+", "", low)
    core = low.strip("0123456789!.?*#-_ ")
    spelt = re.sub(r"[\d\W_]+", "", core.translate(_LEET))
    return any(word in _COMMON or word in own or _is_row(word) for word in (bare, spelt, core))


def _is_row(text: str) -> bool:
    letters = re.sub(r"[^a-z0-9]", "", text)
    if len(letters) < 4:
        return False
    return any(letters in row * 3 for row in _ROWS)
