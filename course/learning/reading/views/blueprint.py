"""What the routes of this room hang on."""

from flask import Blueprint

blueprint = Blueprint("reading", "course.learning.reading", url_prefix="/<lang>", template_folder="templates")
COURSE = "/courses/<course>/"
LESSON = "/courses/<course>/<lesson>/"
