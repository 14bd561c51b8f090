"""Blocks that Markdown does not have: one file each.

`figure` builds those that a caption line asks for with `block=`; the others are found by their own form.
"""
