"""HTML back to Markdown: what `render` makes, and, through `foreign`, what other systems make.

`render.fragment(blocks(html)) == html` for HTML that `render` made, pictures made from text aside.
"""

from course.markup.writing.blocks import blocks
from course.markup.writing.tree import Unwritable
from course.markup.writing.words import escaped, line, safe_start

__all__ = ["Unwritable", "blocks", "escaped", "line", "safe_start"]
