"""Gift combos as buyers see them: the list, a combo's page, a box of one's own."""
