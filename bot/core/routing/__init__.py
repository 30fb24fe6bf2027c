"""How words become intents: letters folded, words classed, clauses matched with rows, decisions put in order."""
