"""Readable text of what the engine hands out, in one language."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from advisor.knowledge.problems import columns

if TYPE_CHECKING:
    from advisor.inference import Advice, KnowledgeBase, Reason
    from advisor.inference.model import Verdict
    from advisor.words import Words

WIDTH = 100
_TOKEN = re.compile(r"[!-~]+|\s+|.")
_NOT_FIRST = frozenset("、。，．）」』】・ー：；？")
_NOT_LAST = frozenset("「『（［")
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

    def exact(self, decibans: float) -> str:
        """With its sign and all its digits; weights lie on a binary grid, so there are few."""
        exponent = Decimal(decibans).normalize().as_tuple().exponent
        return self.words.signed(decibans, max(0, -int(exponent)))

    def verdict(self, verdict: "Verdict", as_of: str) -> list[str]:
        """One line with the verdict and its certainty, and what is still open."""
        words = self.words
        share = verdict.probability_pytorch
        leading = max(share, 1 - share)
        band = next(band for band in self.kb.scale.words if band.id == verdict.word)
        day = words("cli.guide") if as_of == "guide" else as_of
        values = {"name": self.name(verdict.framework), "word": self.text(band.label), "day": day}
        margin = words.signed(verdict.margin_decibans)
        if verdict.framework == "neither":
            lines = [words("cli.verdict.neither", **values)]
            lines += self.paragraph(words("cli.verdict.instead", what=self.text(verdict.instead)), "")
            return [*lines, words("cli.verdict.scored", margin=margin), words("cli.verdict.decided")]
        form = "too-close" if verdict.framework == "too-close" else "one"
        lines = [words(f"cli.verdict.{form}", share=words.percent(leading), **values)]
        lines += [words("cli.verdict.margin", margin=margin), self.meaning(verdict.word)]
        if verdict.decided:
            lines.append(words("cli.verdict.decided"))
        elif verdict.unanswered:
            lines.append(words("cli.verdict.open", n=verdict.unanswered))
        return [*lines, *self._settling(verdict)]

    def meaning(self, word: str) -> str:
        """Which probabilities a word of the scale stands for."""
        bands = self.kb.scale.words
        place = next(n for n, band in enumerate(bands) if band.id == word)
        low = self.words.percent(bands[place - 1].up_to if place else 0.5)
        high, label = self.words.percent(bands[place].up_to), self.text(bands[place].label)
        return self.words("cli.verdict.word", word=label, low=low, high=high)

    def _settling(self, verdict: "Verdict") -> list[str]:
        """For a close call: the question that can settle it, or that no single one can."""
        if verdict.framework != "too-close" or verdict.decided:
            return []
        if verdict.settled_by is None or verdict.settled_by_share is None:
            return [self.words("cli.verdict.unsettled")]
        form = "cli.verdict.settled" if verdict.settled_by_share == 1 else "cli.verdict.settled-perhaps"
        question, share = self.kb.traits[verdict.settled_by].question, verdict.settled_by_share
        values = {"question": self.text(question), "trait": verdict.settled_by}
        return self.paragraph(self.words(form, share=self.words.percent(share), **values), "")

    def reasons(self, advice: "Advice") -> list[str]:
        """The reasons for each side, largest first, with what they add."""
        lines: list[str] = []
        rules = self.kb.rules_by_id
        out = {
            reason.rule for reason in advice.reasons if reason.rule in rules and rules[reason.rule].knock_out
        }
        for side in ("knock-out", "pytorch", "tensorflow", "neither"):
            found = [r for r in advice.reasons if side == ("knock-out" if r.rule in out else r.favours)]
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
                kept = line.rstrip("".join(_NOT_LAST))
                lines.append(kept.rstrip())
                line = line[len(kept) :] if kept else ""
            line += token if line else token.lstrip()
        return [indent + line for line in [*lines, line.rstrip()] if line]

    def item(self, text: str, mark: str = "  - ") -> list[str]:
        """A paragraph behind a mark, its further lines below its first."""
        first, *more = self.paragraph(text, " " * len(mark))
        return [mark + first[len(mark) :], *more]

    def plan(self, advice: "Advice") -> list[str]:
        """Routes, stack, set-up and roadmap."""
        words, lines = self.words, []
        routes = [route for route in advice.routes if route.recommended] or list(advice.routes)
        if routes or advice.out_of_reach:
            lines += ["", words("cli.plan.routes")]
        for route in routes:
            steps = (route.steps.train, route.steps.convert, route.steps.run)
            values = {
                "target": self.target(route.target),
                "status": words(f"cli.status.{route.status}"),
                "steps": " → ".join(self.text(step) for step in steps),
            }
            lines += self.item(words("cli.plan.route", **values))
            lines += self.paragraph(self.text(route.limits), " " * 6)
        for shut in advice.out_of_reach:
            form = "cli.plan.no-route" if shut.because is None else "cli.plan.out-of-reach"
            values = {"target": self.target(shut.target), "framework": self.name(shut.framework)}
            lines += self.item(words(form, because=self.text(shut.because), **values))
        tools = [tool for tool in advice.stack if tool.recommended]
        if tools:
            lines += ["", words("cli.plan.stack")]
            areas = {area.id: area.title for area in self.kb.areas}
            for area in dict.fromkeys(tool.area for tool in tools):
                names = words("cli.list-comma").join(tool.name for tool in tools if tool.area == area)
                title = self.text(areas.get(area, {"en": area}))
                lines += self.item(words("cli.plan.area", area=title, names=names))
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
