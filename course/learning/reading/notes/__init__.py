"""Notes of one's own, beside the sections of lessons. They belong to the person alone, and to no enrolment."""
