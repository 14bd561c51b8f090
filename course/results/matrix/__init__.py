"""A plain matrix of marks, so that anyone can check the figures on published data: `course analyse`."""
