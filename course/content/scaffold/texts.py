"""The words in new files: what to write there, in the languages that the engine knows; in English for all others."""

from collections.abc import Mapping

COURSE = """\
# The course as a whole. `course check` tells what is wrong here, `course schema` helps your editor complete it.
# The id stays for ever; titles may change at any time.
id: {id}
title:{titles}
# One language is the source. In a complete one a missing file is an error, in a partial one a warning.
languages: {{{languages}}}
# open: lessons can be read without an account. enrolled: people enrol first.
access: open
"""
MODULE = """\
# A module: the number of its folder puts it in order, the id stays for ever.
id: {id}
title:{titles}
{quiz}"""
LESSON = """\
---
id: {id}
title: {title}
minutes: 5
objectives:
  {id}-aim: {aim_text}
---

<!-- {note} -->

{lead}

## {section} {{#start}}

{body}

### {ask} {{#{id}-check type=single objective={id}-aim}}

- ( ) {wrong}
  > {why}
- (x) {right}
- ( ) {wrong_too}
  > {why}

> {general}
"""
RULES = """\
pass: 70%
attempts: 3
"""
QUIZ = """\
---
id: {id}
title: {title}
{rules}---

<!-- {note} -->

{intro}

## {ask} {{#one objective={aim}}}

- (x) {right}
- ( ) {wrong}
  > {why}
- ( ) {wrong_too}
  > {why}

> {general}

## {statement} {{#two type=truefalse objective={aim}}}

= true
= wrong: false > {why}

> {general}
"""
_WORDS: dict[str, dict[str, str]] = {
    "en": {
        "module": "Beginning",
        "lesson": "A first lesson",
        "help": "Replace these words with yours, then run `course check`. Readers never see a comment like this one.\n"
        "     The course “How to write a course” shows every block and every type of question with its source.",
        "translate": "A translation of the {source} file beside it: translate the words; ids and right choices stay.",
        "aim_text": "say in your own words what this lesson is about",
        "lead": "Say in two or three sentences what this lesson is about, and why it matters to the reader.",
        "section": "The first section",
        "body": "Give each section one thought. A heading begins the next one; the id after it stays for ever.",
        "ask": "What do you ask, so that the reader can tell whether they have understood?",
        "wrong": "An answer that is not right, and that somebody might well give",
        "wrong_too": "Another mistake that people really make",
        "right": "The right answer",
        "why": "Say to those who chose it why it is not right.",
        "general": "Say what everybody should take away from this question.",
        "intro": "Say what this quiz is about, and how to prepare for it.",
        "statement": "True or false: write a sentence that is true",
    },
    "fr": {
        "module": "Pour commencer",
        "lesson": "Une première leçon",
        "help": "Remplacez ces mots par les vôtres, puis lancez `course check`. Personne ne voit ce commentaire.\n"
        "     Le cours « Comment écrire un cours » montre chaque bloc et chaque type de question avec sa source.",
        "translate": "Traduction du fichier {source} voisin : traduisez les mots, gardez identifiants et bons choix.",
        "aim_text": "dire avec vos propres mots de quoi parle cette leçon",
        "lead": "Dites en deux ou trois phrases de quoi parle cette leçon, et en quoi elle compte pour qui la lit.",
        "section": "La première section",
        "body": "Une idée par section. Un titre ouvre la suivante ; l’identifiant qui le suit ne change plus.",
        "ask": "Que demandez-vous pour que chacun sache s’il a compris ?",
        "wrong": "Une réponse inexacte, que quelqu’un pourrait bien donner",
        "wrong_too": "Une autre erreur que l’on fait vraiment",
        "right": "La bonne réponse",
        "why": "Dites à qui l’a choisie pourquoi elle n’est pas juste.",
        "general": "Dites ce que chacun doit retenir de cette question.",
        "intro": "Dites de quoi parle ce quiz, et comment s’y préparer.",
        "statement": "Vrai ou faux : écrivez une phrase vraie",
    },
    "es": {
        "module": "Para empezar",
        "lesson": "Una primera lección",
        "help": "Cambie estas palabras por las suyas y ejecute `course check`. Nadie ve este comentario.\n"
        "     El curso «Cómo escribir un curso» muestra cada bloque y cada tipo de pregunta con su fuente.",
        "translate": "Traducción del archivo {source} vecino: traduzca las palabras; conserve los ids y las claves.",
        "aim_text": "decir con sus propias palabras de qué trata esta lección",
        "lead": "Diga en dos o tres frases de qué trata esta lección y por qué importa a quien la lee.",
        "section": "La primera sección",
        "body": "Una idea por sección. Un título abre la siguiente; el id que lo sigue no cambia nunca.",
        "ask": "¿Qué pregunta usted para que se sepa si se ha entendido?",
        "wrong": "Una respuesta incorrecta que alguien podría dar",
        "wrong_too": "Otro error que se comete de verdad",
        "right": "La respuesta correcta",
        "why": "Diga a quien la eligió por qué no es correcta.",
        "general": "Diga qué debe recordar todo el mundo de esta pregunta.",
        "intro": "Diga de qué trata este cuestionario y cómo prepararse.",
        "statement": "Verdadero o falso: escriba una frase verdadera",
    },
}


def of(tag: str) -> Mapping[str, str]:
    """The words for a language tag: `pt-BR` has those of `pt` if there are any, else the English ones."""
    return _WORDS.get(tag) or _WORDS.get(tag.partition("-")[0]) or _WORDS["en"]
