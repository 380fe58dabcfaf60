"""The part of the README that is generated from the knowledge base."""

from pathlib import Path

from advisor.cli.balance import VERDICTS, Balance

BEGIN = "<!-- balance: begin (python -m advisor check --write-readme) -->"
END = "<!-- balance: end -->"
NAMES = {"pytorch": "PyTorch", "tensorflow": "TensorFlow", "too-close": "too close"}
SAMPLES = {
    "all": "every question answered",
    "project": "all but those about the machine",
    "quick": "quick path only",
}


def block(balance: Balance) -> str:
    """The balance as Markdown, between its markers."""
    head = "| answers | knowledge of | " + " | ".join(NAMES[verdict] for verdict in VERDICTS) + " |"
    rows = [head, "| --- | --- |" + " ---: |" * len(VERDICTS)]
    for (sample, day), counts in balance.counts.items():
        total = sum(counts.values())
        shares = " | ".join(f"{100 * counts.get(verdict, 0) / total:.0f} %" for verdict in VERDICTS)
        rows.append(f"| {SAMPLES[sample]} | {'the guide' if day == 'guide' else day} | {shares} |")
    about = (
        f"Verdicts over {balance.size} sets of answers that hold every pair of options at least once "
        f"(seed {balance.seed}). This is no poll: each answer counts alike, however rare it is in practice. "
        "It leans to PyTorch today because the answers are drawn independently: what still speaks for "
        "TensorFlow hangs on one kind of project each (microcontrollers, Coral, TFX, existing code), what "
        "speaks for PyTorch spreads over many questions, and a random mixture nearly always meets several "
        "of the latter. "
        f"Not counted are {sum(balance.outside.values())} further sets that a rule sends to other tools "
        "before scoring, such as those that need no deep learning."
    )
    return "\n".join([BEGIN, "", about, "", *rows, "", END])


def current(text: str) -> str | None:
    """The block that a README holds; None without markers."""
    start, end = text.find(BEGIN), text.find(END)
    return None if start < 0 or end < start else text[start : end + len(END)]


def write(path: Path, fresh: str) -> bool:
    """Put the fresh block between the markers. False if the file has none."""
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    old = current(text)
    if old is None:
        return False
    path.write_text(text.replace(old, fresh), encoding="utf-8")
    return True
