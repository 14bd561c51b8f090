"""What a pack comes to, what of it is kept, and that the same pack always comes to the same."""

from fractions import Fraction

from course.content.build import Built, build
from course.content.compiled import CompiledSource, Key, dump, load
from course.content.model import Outline, QuestionOutline
from course.content.pack import Pack
from course.content.stored import dump_outline, load_outline
from tests.content.packs import BASICS, COURSE, WATER, WATER_FR, built, replaced, tiny


def outline() -> Outline:
    found = built(tiny()).outline
    assert found is not None
    return found


def again(files: dict[str, bytes], before: Built) -> Built:
    """Build with what an earlier build made, as it comes back from a store."""
    stored = {key: dump(source) for key, source in before.compiled.items()}

    def cached(key: Key) -> CompiledSource | None:
        return load(stored[key]) if key in stored else None

    return build(Pack("tiny", files), cached)


def test_modules_and_lessons_stand_in_the_order_of_their_numbers() -> None:
    assert [module.id for module in outline().modules] == ["first", "second"]
    assert [lesson.id for lesson in outline().lessons] == ["water", "bread", "salt"]
    assert outline().source_language == "en"


def test_an_outline_has_the_words_of_every_language() -> None:
    water = outline().lessons[0]
    assert water.titles == {"en": "Water", "fr": "L'eau"}
    assert [(section.id, section.titles.get("fr")) for section in water.sections] == [
        ("", ""),
        ("river", "La rivière"),
        ("bank", "La rive"),
    ]
    assert outline().objectives["bake"] == {"en": "bake a loaf", "fr": "cuire un pain"}
    assert [term.forms for term in outline().glossary["fr"]] == [("Moulin", "moulins"), ("Eau", "l'eau", "de l'eau")]


def test_rules_points_and_objectives_come_from_the_source_language() -> None:
    basics = outline().quizzes["basics"]
    assert basics.rules.pass_mark == Fraction(1, 2)
    assert basics.rules.attempts == 3
    assert basics.points == {"turns": 2, "minutes": 1}
    assert basics.asked["turns"] == QuestionOutline(points=2, objective="find-water", type="single")


def test_pictures_have_their_size_and_attachments_their_type() -> None:
    assets = {path.rpartition("/")[2]: asset for path, asset in outline().assets.items()}
    assert (assets["wheel.svg"].width, assets["wheel.svg"].height) == (120, 80)
    assert (assets["loaf.png"].width, assets["loaf.png"].height) == (4, 3)
    assert (assets["form.pdf"].media_type, assets["form.pdf"].width) == ("application/pdf", None)


def test_completion_may_name_items_or_all_of_them() -> None:
    assert outline().complete_when.lessons == ("water", "bread")
    everything = built(
        replaced(tiny(), COURSE, "complete when: {lessons: [water, bread], quizzes: [basics, final]}", "")
    )
    assert everything.outline is not None
    assert everything.outline.complete_when.lessons == ("water", "bread", "salt")
    assert everything.outline.complete_when.quizzes == ("basics", "final")


def test_an_outline_survives_its_store() -> None:
    assert load_outline(dump_outline(outline())) == outline()


def test_what_is_kept_is_not_compiled_again() -> None:
    first = built(tiny())
    second = again(tiny(), first)
    assert second.compiled == {}
    assert (second.outline, second.findings) == (first.outline, first.findings)


def test_one_changed_lesson_compiles_one_lesson() -> None:
    first = built(tiny())
    changed = replaced(tiny(), WATER_FR, "La rive", "Le bord")
    second = again(changed, first)
    assert sorted(key.inputs.partition(":")[0] for key in second.compiled) == ["lesson", "lesson"]
    assert {key.source for key in second.compiled} == {Pack("tiny", changed).hashes[WATER_FR]}
    assert second.outline == built(changed).outline


def test_a_kept_source_repeats_its_findings_at_the_path_it_has_now() -> None:
    bad = replaced(tiny(), BASICS, "pass: 50%", "pass: 140%")
    first = built(bad)
    second = again(bad, first)
    assert second.errors == first.errors != ()
    moved = {path.replace("1-basics", "5-basics"): data for path, data in bad.items()}
    places = {found.place.file for found in again(moved, first).errors}
    assert places == {BASICS.replace("1-basics", "5-basics")}


def test_files_with_equal_bytes_of_two_kinds_are_two_things() -> None:
    files = {**tiny(), "lessons/tiny/files/wheel.txt": tiny()["lessons/tiny/1-first/figures/wheel.svg"]}
    found = built(files)
    assert found.errors == ()
    assert [finding.rule for finding in found.findings if finding.place.file.endswith("wheel.txt")] == ["unused-file"]


def test_a_former_id_and_a_retired_one_are_in_the_outline() -> None:
    files = replaced(tiny(), COURSE, "access: open", "access: open\nretired: [old-lesson, basics/old]")
    files = replaced(files, WATER, "id: water", "id: water\nrenamed-from: eau\nretired: [drink]")
    files = replaced(files, BASICS, "{#turns ", "{#turns renamed-from=spins ")
    found = built(files).outline
    assert found is not None
    assert found.retired == ("old-lesson", "basics/old", "water/drink")
    assert found.lessons[0].names == ("eau",)
    assert found.quizzes["basics"].asked["turns"].names == ("spins",)
