"""Simulated learners, so that a newcomer sees living pages: `course demo`. They are marked as such for ever."""
