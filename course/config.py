"""Every setting, typed, with its default and its environment variable (`COURSE_` and the name in capitals)."""

import os
import secrets
import tempfile
from contextlib import suppress
from dataclasses import dataclass, fields
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """The installation's settings. `Config.from_environment()` reads them; tests make their own."""

    root: Path = Path()
    """Folder that holds `lessons/` and `quizzes/`."""
    instance: Path = Path("instance")
    """Folder for what the installation writes: the SQLite database, the outbox, the secret key."""
    database_url: str = ""
    """`postgresql+psycopg://...`, or empty for SQLite in the instance folder."""
    secret_key: str = ""
    """Signs sessions and links. Empty: made once and kept in the instance folder."""
    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 0
    """Server processes; 0 means one for each core."""
    site_name: str = "Course"
    """What this installation is called: in the page's head, in titles and in mail."""
    public_url: str = ""
    """The address people use, such as `https://learn.example.org`; needed behind a proxy, and for links in mail."""
    trusted_proxies: int = 0
    """How many proxies in front set X-Forwarded-For and -Proto."""
    smtp_url: str = ""
    """`smtp://user:password@host:587` (STARTTLS) or `smtps://...`. Empty: mail goes to `instance/outbox/`."""
    mail_from: str = "Course <course@localhost>"
    development: bool = False
    """Serves the style page and checks templates for changes."""
    watch: bool = False
    """Publishes whatever is saved in the packs, and reloads the open page; for writing, not where people learn."""
    synchronous: str = "FULL"
    """SQLite's durability. FULL survives a power cut; anything less does not (only the bench changes it)."""

    @property
    def secure(self) -> bool:
        """Whether people reach this installation over TLS."""
        return self.public_url.startswith("https://")

    @property
    def store_url(self) -> str:
        if self.database_url:
            return self.database_url
        return f"sqlite:///{(self.instance / 'course.sqlite').resolve()}"

    @classmethod
    def from_environment(cls, **chosen: object) -> "Config":
        """Settings from `COURSE_*` variables; `chosen` wins over them. Raises ValueError on an unreadable one."""
        values: dict[str, object] = {}
        for setting in fields(cls):
            text = os.environ.get("COURSE_" + setting.name.upper())
            if text is not None:
                values[setting.name] = _read(setting.name, text, setting.type)
        return cls(**(values | chosen))  # type: ignore[arg-type]


def _read(name: str, text: str, kind: object) -> object:
    if kind is int:
        if not text.lstrip("-").isdigit():
            raise ValueError(f"COURSE_{name.upper()} is {text!r}; give a whole number")
        return int(text)
    if kind is bool:
        return text.strip().lower() in {"1", "true", "yes", "on"}
    if kind is Path:
        return Path(text)
    return text


def secret_key(config: Config) -> str:
    """The signing key: the configured one, else one made at the first start and kept, readable by the owner only."""
    if config.secret_key:
        return config.secret_key
    kept = config.instance / "secret-key"
    if not kept.exists():
        _make_key(kept)
    return kept.read_text().strip()


def _make_key(kept: Path) -> None:
    """Write a key whole and durably, then give it its name. Of several processes at once, the first one's is kept."""
    kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", dir=kept.parent, prefix="secret-key-") as file:  # 0600, as mkstemp does
        file.write(secrets.token_urlsafe(48))
        file.flush()
        os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(file.name, kept)
