"""Where the workshop's pages are."""

from flask import Blueprint

blueprint = Blueprint(
    "authoring",
    __name__,
    url_prefix="/<lang>/courses/<course>/workshop",
    template_folder="../templates",
)
