"""A small knowledge base that a test writes into a folder of its own."""

from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent

SCALE = """\
strengths:
  slight: {decibans: 2, reason: {en: x, ja: あ}}
  moderate: {decibans: 5, reason: {en: x, ja: あ}}
  strong: {decibans: 10, reason: {en: x, ja: あ}}
  decisive: {decibans: 20, reason: {en: x, ja: あ}}
overlap: {factor: 0.5, ranks: 24, reason: {en: x, ja: あ}}
importance:
  less: {factor: 0.5, label: {en: Less, ja: 低}, reason: {en: x, ja: あ}}
  normal: {factor: 1, label: {en: Normal, ja: 普通}}
  more: {factor: 2, label: {en: More, ja: 高}, reason: {en: x, ja: あ}}
too_close_below: {decibans: 3, reason: {en: x, ja: あ}}
words:
  - {id: even, up_to: 0.6, label: {en: about even, ja: ほぼ互角}}
  - {id: near-certain, up_to: 1.0, label: {en: certain, ja: 確実}}
draws: {count: 100, seed: 1, spread: 0.25, reason: {en: x, ja: あ}}
evidence: {cap_decibans: 5, reason: {en: x, ja: あ}}
themes:
  - {id: deployment, title: {en: Deployment, ja: 配備}, about: {en: x, ja: あ}}
  - {id: learning, title: {en: Learning, ja: 学習}, about: {en: x, ja: あ}}
"""
QUESTIONS = """\
groups:
  - {id: project, title: {en: Project, ja: 企画}, about: {en: x, ja: あ}}
traits:
  - id: purpose
    group: project
    kind: one
    quick: true
    question: {en: What for?, ja: 目的は何ですか。}
    why: {en: x, ja: あ}
    options:
      - {id: learning, label: {en: To learn, ja: 学ぶ}}
      - {id: product, label: {en: A product, ja: 製品}}
  - id: targets
    group: project
    kind: many
    question: {en: Where?, ja: どこで動かしますか。}
    why: {en: x, ja: あ}
    options:
      - {id: server, label: {en: Server, ja: サーバー}}
      - {id: android, label: {en: Android, ja: Android}}
      - {id: none, label: {en: Nowhere, ja: なし}}
  - id: one_framework
    group: project
    kind: one
    ask_when: {targets: {includes: android}}
    question: {en: One toolchain?, ja: 同じツールで通しますか。}
    why: {en: x, ja: あ}
    options:
      - {id: yes, label: {en: Yes, ja: はい}}
      - {id: no, label: {en: No, ja: いいえ}}
"""
RULE = """\
id: {name}
theme: {theme}
title: {{en: {name}, ja: 規則}}
when: {when}
history:
  - as_of: guide
    section: 節
    favours: {favours}
    strength: {strength}
    because: {{en: Because., ja: 理由です。}}
review_by: 2099-12
examples:
  fires: {fires}
  silent: {silent}
"""


@dataclass(frozen=True)
class Folder:
    """A knowledge folder that a test fills."""

    path: Path

    def write(self, name: str, text: str) -> Path:
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text), encoding="utf-8")
        return path

    def rule(
        self,
        name: str,
        when: str = "{purpose: product}",
        *,
        favours: str = "tensorflow",
        strength: str = "strong",
        theme: str = "deployment",
        fires: str = "{purpose: product}",
        silent: str = "{purpose: learning}",
        folder: str | None = None,
    ) -> Path:
        text = RULE.format(
            name=name, theme=theme, when=when, favours=favours, strength=strength, fires=fires, silent=silent
        )
        return self.write(f"{theme if folder is None else folder}/{name}.yaml", text)
