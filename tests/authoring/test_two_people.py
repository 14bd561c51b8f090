"""Two people in one file: the second to save is shown both texts and a merge, and nothing is lost."""

from course.authoring.models import DraftVersion
from course.db import db
from tests.authoring.conftest import ONE, WORKSHOP, Trainer, drafted


def both_open(ann: Trainer, ben: Trainer) -> str:
    assert ann.file() == ben.file()
    return ann.text


def test_changes_in_different_places_are_joined_and_saved_by_the_second(ann: Trainer, ben: Trainer) -> None:
    text = both_open(ann, ben)
    ben.save(text.replace("Words of one.", "Words of Ben."))
    reply = ann.save(text.replace("More words.", "Words of Ann."))
    assert reply.status_code == 409
    assert "Ben saved this file while you were writing" in ann.html
    assert "joined in the text below" in ann.html
    assert "Words of Ben." in ann.text
    assert "Words of Ann." in ann.text
    assert "Words of Ann." not in (drafted() or "")
    ann.save(ann.text)
    assert "Saved in the draft." in ann.html
    assert "Words of Ben." in (drafted() or "")
    assert "Words of Ann." in (drafted() or "")


def test_where_both_changed_the_same_words_both_stand_between_marks(ann: Trainer, ben: Trainer) -> None:
    text = both_open(ann, ben)
    ben.save(text.replace("Words of one.", "Words of Ben."))
    ann.save(text.replace("Words of one.", "Words of Ann."))
    assert "at 1 place you both changed the same lines" in ann.html
    assert "<<<<<<< your text\nWords of Ann.\n=======\nWords of Ben.\n>>>>>>> Ben\n" in ann.text
    ann.save(ann.text)
    assert "two texts were merged here and disagree" in ann.html


def test_who_closes_the_browser_in_the_middle_of_it_finds_their_text_again(ann: Trainer, ben: Trainer) -> None:
    text = both_open(ann, ben)
    ben.save(text.replace("Words of one.", "Words of Ben."))
    mine = text.replace("Words of one.", "Words of Ann.")
    ann.save(mine)
    assert ann.file() == mine
    assert "which you have not saved yet" in ann.html
    ann.open(WORKSHOP)
    assert "not saved" in ann.html
    assert ann.file() == mine
    ann.save(ann.text)
    assert ann.page.status_code == 409


def test_the_same_change_by_both_is_no_clash(ann: Trainer, ben: Trainer) -> None:
    text = both_open(ann, ben).replace("Words of one.", "Better words.")
    ben.save(text)
    ann.save(text)
    assert ann.page.status_code == 200
    assert db.session.query(DraftVersion).count() == 1


def test_what_was_kept_for_one_is_nobody_else_s_and_can_be_dropped(ann: Trainer, ben: Trainer) -> None:
    text = both_open(ann, ben)
    address = f"{WORKSHOP}working-copies/{ONE}"
    assert ann.send(address, text=text + "\nUnsaved.\n", base=ann.base).status_code == 204
    assert "Unsaved." in ann.file()
    assert "Unsaved." not in ben.file()
    ann.send(address, forget="1")
    assert "Unsaved." not in ann.file()
