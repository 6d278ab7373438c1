"""What a typed line means: verbs, names and dates, with no guess that acts."""

from handlers.understanding.grammar import understand
from handlers.understanding.meaning import Intent, Understanding
from handlers.understanding.registry import Registry

__all__ = ["Intent", "Registry", "Understanding", "understand"]
