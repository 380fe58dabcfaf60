"""What ids are called. An id that the texts do not know, from a file or an own rule, is shown as it is."""

from advisor.inference.model import TextMap
from advisor.words import Words

_FRAMEWORKS = {"tensorflow": "TensorFlow", "pytorch": "PyTorch", "keras-3": "Keras 3"}


def framework_name(framework: str) -> str:
    """The proper name of a framework; unknown ids stay as they are."""
    return _FRAMEWORKS.get(framework, framework)


def target_name(words: Words, target: str) -> str:
    return named(words, "report.target", target)


def metric_name(words: Words, metric: str) -> str:
    """A figure's name, such as "peak memory"."""
    return named(words, "report.metric", metric, ".name")


def track_name(words: Words, track: str) -> str:
    return named(words, "report.track", track)


def status_name(words: Words, status: str) -> str:
    """The state of a route."""
    return named(words, "report.status", status)


def tool_state_name(words: Words, state: str) -> str:
    return named(words, "report.tool-state", state)


def named(words: Words, section: str, name: str, part: str = "") -> str:
    """The entry ``section.name`` of the texts; the name itself where there is none."""
    key = f"{section}.{name}{part}"
    return words(key) if key in words.entries else name


def said(words: Words, text: TextMap) -> str:
    """A text in this language, in English where it lacks the language."""
    return text.get(words.language, text["en"])
