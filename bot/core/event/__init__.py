"""An event's group: many people's footage becomes one film. Pure decisions: words, dates, who is in with what."""
