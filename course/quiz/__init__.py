"""Questions and marks. Pure: no Flask, no database, no network, no clock; randomness comes in as a seed."""
