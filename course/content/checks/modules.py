"""What modules require of each other."""

from graphlib import CycleError, TopologicalSorter

from course.content.layout import Layout, place_of


def check_requires(layout: Layout) -> None:
    """A circle of `requires` would keep everybody out of all its quizzes."""
    modules = {module.id: module for module in layout.modules}
    requires = {name: module.settings.head["values"]["requires"] for name, module in modules.items()}
    try:
        TopologicalSorter(requires).prepare()
    except CycleError as error:
        circle = [str(name) for name in reversed(error.args[1])]
        place = place_of(modules[circle[0]].settings, "requires")
        message = f"modules require each other in a circle: {' → '.join(circle)}"
        layout.findings.error(place, "circle", message, "take one of them out of `requires`")
