"""What the routes of this room hang on."""

from flask import Blueprint

blueprint = Blueprint("people", "course.people", url_prefix="/<lang>", template_folder="templates")
