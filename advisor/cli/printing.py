"""Readable text of what the engine hands out, in one language."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from advisor.knowledge.problems import columns

if TYPE_CHECKING:
    from advisor.inference import Advice, KnowledgeBase, Reason
    from advisor.inference.model import Verdict
    from advisor.words import Words

WIDTH = 100
_TOKEN = re.compile(r"[!-~]+|\s+|.")
_NOT_FIRST = frozenset("、。，．）」』】・ー：；？")
NAMES = {"pytorch": "PyTorch", "tensorflow": "TensorFlow", "keras-3": "Keras 3"}


@dataclass(frozen=True)
class Voice:
    """Says things about one knowledge base in one language."""

    kb: "KnowledgeBase"
    words: "Words"

    def text(self, entry: Mapping[str, str] | None) -> str:
        return "" if entry is None else entry.get(self.words.language, entry["en"])

    def name(self, side: str) -> str:
        return NAMES.get(side) or self.words(f"cli.sides.{side}")

    def theme(self, theme: str) -> str:
        found = self.kb.themes.get(theme)
        return self.text(found.title) if found else theme

    def option(self, trait: str, option: str | Sequence[str] | None) -> str:
        """The label of an answer."""
        if option is None:
            return self.words("cli.unanswered")
        if not isinstance(option, str):
            return self.words("cli.list-comma").join(self.option(trait, one) for one in option)
        labels = {choice.id: choice.label for choice in self.kb.traits[trait].options}
        return self.text(labels[option]) if option in labels else option

    def verdict(self, verdict: "Verdict", as_of: str) -> list[str]:
        """One line with the verdict and its certainty, and what is still open."""
        words = self.words
        share = verdict.probability_pytorch
        leading = max(share, 1 - share)
        band = next(band for band in self.kb.scale.words if band.id == verdict.word)
        day = words("cli.guide") if as_of == "guide" else as_of
        values = {"name": self.name(verdict.framework), "word": self.text(band.label), "day": day}
        if verdict.framework in ("pytorch", "tensorflow"):
            head = words("cli.verdict.one", share=words.percent(leading), **values)
        else:
            head = words(f"cli.verdict.{verdict.framework}", **values)
        lines = [head, words("cli.verdict.margin", margin=words.signed(verdict.margin_decibans))]
        if verdict.instead is not None:
            lines += self.paragraph(self.text(verdict.instead), "  ")
        if verdict.decided:
            lines.append(words("cli.verdict.decided"))
        elif verdict.unanswered:
            lines.append(words("cli.verdict.open", n=verdict.unanswered))
        if verdict.settled_by is not None:
            question = self.text(self.kb.traits[verdict.settled_by].question)
            lines.append(words("cli.verdict.settled", trait=verdict.settled_by, question=question))
        return lines

    def reasons(self, advice: "Advice") -> list[str]:
        """The reasons for each side, largest first, with what they add."""
        lines: list[str] = []
        for side in ("pytorch", "tensorflow", "neither"):
            found = [reason for reason in advice.reasons if reason.favours == side]
            if found:
                lines += ["", self.words(f"cli.reasons.{side}")]
                for reason in found:
                    lines += self.reason(reason)
        return lines or ["", self.words("cli.reasons.none")]

    def reason(self, reason: "Reason") -> list[str]:
        amount = "" if reason.favours == "neither" else self.words.signed(reason.decibans)
        values = {"title": self.text(reason.title), "theme": self.theme(reason.theme), "rule": reason.rule}
        head = f"  {amount:>6}  {self.words('cli.reasons.head', **values)}"
        stale = [f"          {self.words('cli.reasons.stale')}"] if reason.stale else []
        return [head, *self.paragraph(self.text(reason.because), " " * 10), *stale]

    def paragraph(self, text: str, indent: str) -> list[str]:
        """Wrapped at :data:`WIDTH` columns: between words, and between any two full-width characters."""
        room = WIDTH - len(indent)
        lines, line = [], ""
        for token in _TOKEN.findall(text):
            if columns(line + token) > room and line and token not in _NOT_FIRST:
                lines.append(line.rstrip())
                line = ""
            line += token if line else token.lstrip()
        return [indent + line for line in [*lines, line.rstrip()] if line]

    def plan(self, advice: "Advice") -> list[str]:
        """Routes, stack, set-up and roadmap."""
        words, lines = self.words, []
        routes = [route for route in advice.routes if route.recommended] or list(advice.routes)
        if routes:
            lines += ["", words("cli.plan.routes")]
        for route in routes:
            steps = (route.steps.train, route.steps.convert, route.steps.run)
            values = {
                "target": self.target(route.target),
                "status": words(f"cli.status.{route.status}"),
                "steps": " → ".join(self.text(step) for step in steps),
            }
            lines += self.paragraph("- " + words("cli.plan.route", **values), "  ")
        tools = [tool for tool in advice.stack if tool.recommended]
        if tools:
            lines += ["", words("cli.plan.stack")]
            areas = {area.id: area.title for area in self.kb.areas}
            for area in dict.fromkeys(tool.area for tool in tools):
                names = words("cli.list-comma").join(tool.name for tool in tools if tool.area == area)
                title = self.text(areas.get(area, {"en": area}))
                lines.append("  - " + words("cli.plan.area", area=title, names=names))
        if advice.setup:
            lines += ["", words("cli.plan.setup")]
        for step in advice.setup:
            lines.append(f"  - {self.text(step.title)}")
            lines += [f"      $ {command}" for command in step.commands]
            lines += self.paragraph(self.text(step.note), "      ") if step.note else []
        if advice.roadmap:
            lines += ["", words("cli.plan.roadmap")]
        lines += [f"  {n}. {self.text(step.title)}  {step.link}" for n, step in enumerate(advice.roadmap, 1)]
        return lines

    def target(self, target: str) -> str:
        """The label of a deployment target, or of the cloud that is one."""
        trait, option = "targets", target
        if target not in self.kb.traits["targets"].option_ids:
            trait, option = "cloud", target.removeprefix("cloud-")
        return self.option(trait, option)
