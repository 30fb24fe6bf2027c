"""The steps of a turn, one file each. They never call each other: a step answers with the name of the next."""
