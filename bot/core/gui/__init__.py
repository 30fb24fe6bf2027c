"""The agent believes in a graphical interface: what it says becomes words without one, and actions."""

from bot.core.gui.document import translate
from bot.core.gui.orders import Action, ActionKind, Translated
from bot.core.gui.vocabulary import Grammar, Vocabulary

__all__ = ["Action", "ActionKind", "Grammar", "Translated", "Vocabulary", "translate"]
