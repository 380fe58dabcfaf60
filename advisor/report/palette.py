"""One colour per framework, everywhere. TensorFlow stands left, PyTorch right; colour never speaks alone."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Palette:
    tensorflow: str
    pytorch: str
    ink: str
    quiet: str
    line: str
    surface: str
    band: str  # the zone of practical equality

    def of(self, framework: str) -> str:
        return {"tensorflow": self.tensorflow, "pytorch": self.pytorch}.get(framework, self.quiet)


LIGHT = Palette("#B45A06", "#4B45C6", "#1C1C22", "#5D5D6B", "#D9D9E0", "#FFFFFF", "#EDEDF2")
DARK = Palette("#F2A33A", "#9D97FF", "#ECECF1", "#A9A9B8", "#3A3A46", "#14141A", "#24242E")

CSS = Palette(
    "var(--tensorflow)",
    "var(--pytorch)",
    "var(--ink)",
    "var(--quiet)",
    "var(--line)",
    "var(--surface)",
    "var(--soft)",
)
"""The same, as the style sheet of the report names them: light, dark and print follow by themselves."""


def palette(theme: str | None) -> Palette:
    """The palette for Streamlit's theme type, ``"light"`` or ``"dark"``; light when unknown."""
    return DARK if theme == "dark" else LIGHT
