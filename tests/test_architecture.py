"""The law of the house: imports point down, no two packages import each other, and the core is pure."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent / "course"
FLOORS = [
    {"errors", "clock", "config"},
    {"markup"},
    {"quiz"},
    {"content"},
    {"db", "i18n", "append_only", "personal"},
    {"web"},
    {"people"},
    {"catalogue"},
    {"learning"},
    {"results"},
    {"authoring"},
    {"formats", "academy", "community", "demo"},
    {"create_app", "__init__"},
    {"processes"},
    {"serve"},
    {"backup"},
    {"cli", "__main__"},
]
FLOOR = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
PURE = {"markup", "quiz", "content"}
IMPURE_LIBRARIES = {
    "flask", "flask_sqlalchemy", "sqlalchemy", "wtforms", "flask_wtf", "flask_security", "requests",
    "urllib.request", "http", "socket", "time", "datetime", "random", "secrets", "structlog",
}  # fmt: skip
ALLOWED_IMPURITIES = {
    # A seed comes in, and a generator of its own is made from it; no global state is touched.
    ("quiz", "random"),
    # Dates that an author wrote are read; what time it is comes in (the next test).
    ("quiz", "datetime"),
}


def modules() -> list[Path]:
    return sorted(ROOT.rglob("*.py"))


def package(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return parts[0]


def imports(path: Path) -> set[str]:
    """Dotted names that a file imports, relative ones resolved."""
    found: set[str] = set()
    here = ("course", *path.relative_to(ROOT).with_suffix("").parts)
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                base = ".".join([*here[: -node.level], *([node.module] if node.module else [])])
            found.add(base)
            if base in ("course", ".".join(here[:-1])):
                found |= {f"{base}.{alias.name}" for alias in node.names}
    return found


def rooms_imported(path: Path) -> set[str]:
    return {name.split(".")[1] for name in imports(path) if name.startswith("course.")}


def test_every_package_has_a_floor() -> None:
    assert {package(path) for path in modules()} <= set(FLOOR)


def test_imports_point_down_only() -> None:
    up = [
        f"{path.relative_to(ROOT)} imports course.{room}"
        for path in modules()
        for room in rooms_imported(path) - {package(path)}
        if FLOOR[package(path)] <= FLOOR.get(room, 99)
    ]
    assert not up, "\n".join(up)


def test_reading_may_import_assessment_but_never_the_reverse() -> None:
    wrong = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "learning" / "assessment").rglob("*.py")
        if any(name.startswith("course.learning.reading") for name in imports(path))
    ]
    assert not wrong


def test_no_two_packages_import_each_other() -> None:
    arrows = {(package(path), room) for path in modules() for room in rooms_imported(path) - {package(path)}}
    assert not {(a, b) for a, b in arrows if (b, a) in arrows}


def test_the_pure_rooms_know_no_web_no_database_no_clock_and_no_chance() -> None:
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in modules()
        if package(path) in PURE
        for name in imports(path)
        if (name in IMPURE_LIBRARIES or name.split(".")[0] in IMPURE_LIBRARIES)
        and (package(path), name) not in ALLOWED_IMPURITIES
    ]
    assert not wrong, "\n".join(wrong)


def test_the_pure_rooms_never_ask_what_time_it_is() -> None:
    wrong = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in modules()
        if package(path) in PURE
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in {"now", "utcnow", "today"}
    ]
    assert not wrong, "\n".join(wrong)


def test_the_pure_rooms_do_not_use_the_database_or_the_interface_languages() -> None:
    wrong = [
        path for path in modules() if package(path) in PURE and rooms_imported(path) & {"db", "i18n", "append_only"}
    ]
    assert not wrong


@pytest.mark.parametrize("room", sorted(PURE))
def test_a_pure_room_loads_no_web_and_no_database(room: str) -> None:
    script = f"import sys, pkgutil, importlib, course.{room} as r\n" + (
        "for m in pkgutil.walk_packages(r.__path__, r.__name__ + '.'): importlib.import_module(m.name)\n"
        "print(sorted({'flask', 'sqlalchemy', 'wtforms'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_no_file_is_a_drawer_for_odds_and_ends() -> None:
    assert not [path for path in modules() if path.stem in {"utils", "util", "helpers", "misc", "common"}]


def test_only_create_app_and_the_command_know_every_room() -> None:
    many = [
        str(path.relative_to(ROOT))
        for path in modules()
        if len(
            (rooms_imported(path) - {package(path)})
            & {"people", "catalogue", "learning", "results", "authoring", "academy"}
        )
        > 3
        and package(path) not in {"__init__", "cli", "serve"}
    ]
    assert not many
