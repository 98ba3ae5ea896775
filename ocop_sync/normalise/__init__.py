"""From texts to values: stars, dates, decisions, kinds of goods and of producers. Nothing is guessed."""
