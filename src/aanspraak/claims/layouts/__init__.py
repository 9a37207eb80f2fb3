"""Record layouts of the EI standards, as data: only what reading and checking need."""
