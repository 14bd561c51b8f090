"""`make bench-loss`: whether anything that was acknowledged is ever lost, whatever is done to the installation.

Clients keep a ledger of their own of what the server told them it had saved. Then processes are killed, the power is
cut, the disk fills up, the database goes away. After each, the ledger is compared with the store.
"""
