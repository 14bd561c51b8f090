"""A small course in two languages, in which every word that must not be seen too early says so.

`basics`: five questions, three attempts, no time limit; the quiz of module `first`. `timed`: two of three questions,
one at a time, in ten minutes; the quiz of module `second`, before which `first` is to be completed.
"""

from course.content.pack import Pack

CANARY = "kanari"
"""Part of every key that is typed, of every feedback, and of nothing that may be seen before its release."""

COURSE = """\
id: demo
title: {en: Demo, fr: Démo}
languages: {en: source, fr: complete}
access: open
complete when: {lessons: all, quizzes: [basics, timed]}
"""

LESSON = """\
---
id: %(id)s
title: A lesson
minutes: 1
objectives: {%(id)s-aim: read a line}
---

Words of the lesson.
"""

BASICS = {
    "en": """\
---
id: basics
title: Basics
pass: 60%
attempts: 3
shuffle: true
release: {during: [], submitted: [marks], closed: [correctness, feedback, key]}
---

## Which one? {#which}

- (x) The first {#yes}
- ( ) The second {#no}
  > kanari-which-no

> kanari-which

## Which of these? {#several points=2}

- [x] One {#one}
- [x] Two {#two}
- [ ] Three {#three}
  > kanari-three
- [ ] Four {#four}

> kanari-several

## Is it so? {#so type=truefalse}

= true
= wrong: false > kanari-so-false

> kanari-so

## How many? {#many}

= 4321

> kanari-many

## What is it called? {#called type=short points=2}

= kanari word | other kanari

> kanari-called
""",
    "fr": """\
---
id: basics
title: Bases
---

## Lequel ? {#which}

- (x) Le premier {#yes}
- ( ) Le deuxième {#no}
  > kanari-fr-which-no

> kanari-fr-which

## Lesquels ? {#several}

- [x] Un {#one}
- [x] Deux {#two}
- [ ] Trois {#three}
  > kanari-fr-three
- [ ] Quatre {#four}

> kanari-fr-several

## Est-ce ainsi ? {#so type=truefalse}

= true
= wrong: false > kanari-fr-so-false

> kanari-fr-so

## Combien ? {#many}

= 4321

> kanari-fr-many

## Comment cela s’appelle-t-il ? {#called type=short}

= kanari mot

> kanari-fr-called
""",
}

TIMED = {
    "en": """\
---
id: timed
title: Against the clock
pass: 50%
attempts: 2
show: one
time limit: 10 min
draw: 2
release: {during: [], submitted: [marks, correctness, feedback, key], closed: []}
---

## First? {#a type=short}

= kanari a

> kanari-a

## Second? {#b type=short}

= kanari b

> kanari-b

## Third? {#c type=short}

= kanari c

> kanari-c
""",
    "fr": """\
---
id: timed
title: Contre la montre
---

## Premier ? {#a type=short}

= kanari fr a

> kanari-fr-a

## Deuxième ? {#b type=short}

= kanari fr b

> kanari-fr-b

## Troisième ? {#c type=short}

= kanari fr c

> kanari-fr-c
""",
}


def sources() -> dict[str, str]:
    """The course's files, by path."""
    files = {
        "lessons/demo/course.yaml": COURSE,
        "lessons/demo/1-first/module.yaml": "id: first\ntitle: {en: First, fr: Un}\nquiz: basics\n",
        "lessons/demo/2-second/module.yaml": (
            "id: second\ntitle: {en: Second, fr: Deux}\nquiz: timed\nrequires: [first]\n"
        ),
    }
    for language in ("en", "fr"):
        files[f"lessons/demo/1-first/1-one.{language}.md"] = LESSON % {"id": "one"}
        files[f"lessons/demo/2-second/1-two.{language}.md"] = LESSON % {"id": "two"}
        files[f"quizzes/demo/1-basics.{language}.md"] = BASICS[language]
        files[f"quizzes/demo/2-timed.{language}.md"] = TIMED[language]
    return files


def pack(**changes: str) -> Pack:
    """The course as a pack. `changes` replace text in every file that has it: what is to be found by what to put."""
    files = sources()
    for find, put in changes.items():
        assert any(find in text for text in files.values()), find
        files = {path: text.replace(find, put) for path, text in files.items()}
    return packed(files)


def packed(files: dict[str, str]) -> Pack:
    return Pack("demo", {path: text.encode() for path, text in files.items()})
