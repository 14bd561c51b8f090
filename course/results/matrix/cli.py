"""`course analyse`: the item statistics of any matrix of marks. Needs no database."""

from pathlib import Path

import click


@click.command("analyse")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE.csv")
@click.option("--json", "form", flag_value="json", help="For scripts: all figures, unrounded.")
@click.option("--csv", "form", flag_value="csv", help="For scripts: a row for each question, and one for the quiz.")
def analyse(file: Path, form: str | None) -> None:
    """Print item and quiz statistics of the marks in FILE.csv.

    A row is a learner, a column a question; the first row names the questions, and the next, named `max`, has their
    maximum marks. An empty cell counts as 0. Columns are separated by commas, semicolons or tabs; text is UTF-8.

    \b
      learner,q1,q2,q3
      max,1,2,1
      ana,1,1.5,0
      ben,0,2,1

    The figures are those of classical test theory, by the definitions of Moodle's quiz statistics: the discrimination
    index is the correlation of a question with the rest of the test; variances are of the sample. Weights,
    discrimination, efficiency, Cronbach's alpha and error ratio are in percent; means, deviations and standard error in
    marks; in --json and --csv facility is 0 to 1. A figure that is not defined (nothing varies, too few attempts) is -,
    null or empty. At most 5 million marks.

    \b
    Examples:
      course analyse marks.csv
      course analyse --json marks.csv > figures.json
    """
    from course.quiz.statistics import Item
    from course.quiz.statistics import analyse as analyse_marks
    from course.results.matrix import printing
    from course.results.matrix.reading import read_matrix

    with file.open("rb") as opened:
        matrix = read_matrix(opened, str(file))
    columns = zip(matrix.questions, matrix.maxima, matrix.marks, strict=True)
    items = [Item(name, most, marks) for name, most, marks in columns]
    found = analyse_marks(items, matrix.totals, sum(matrix.maxima), matrix.unit)
    write = {"json": printing.as_json, "csv": printing.as_csv}.get(form or "", printing.as_table)
    click.echo(write(found), nl=form != "csv")
