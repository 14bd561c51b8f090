"""What other rooms may want to hear of. Sent inside the transaction that did it; receivers get `person=id`."""

from blinker import Namespace

_people = Namespace()
signed_up = _people.signal("signed-up")
"""An account became real: its address was confirmed."""
signed_in = _people.signal("signed-in")
"""Somebody signed in on this device, in this request (so what a visitor kept in a cookie can be theirs now)."""
erasing = _people.signal("erasing")
"""Somebody is being erased: what stands outside of the columns that declare it (course/personal.py) goes with them."""
