"""The same answers on two days."""

from advisor.inference.advise import advise
from advisor.inference.answers import Answers
from advisor.inference.model import AsOf, Reason, Replay
from advisor.knowledge.base import KnowledgeBase


def replay(kb: KnowledgeBase, answers: Answers, then: AsOf, now: AsOf) -> Replay:
    """Both verdicts, and the rules that made the difference, largest difference first.

    A rule makes a difference when it spoke on one of the days only, for another side, or with another weight.
    What it contributes may also have shifted because others came or went; that alone does not name it.
    """
    before, after = advise(kb, answers, then), advise(kb, answers, now)
    old = {reason.rule: reason for reason in before.reasons}
    new = {reason.rule: reason for reason in after.reasons}
    pairs = [(old.get(rule), new.get(rule)) for rule in sorted(old.keys() | new.keys())]
    knock_outs = {rule.id for rule in kb.rules if rule.knock_out}
    moved = [pair for pair in pairs if _moved(*pair, knock_outs)]
    return Replay.model_construct(
        then=before, now=after, differences=tuple(sorted(moved, key=lambda pair: -_difference(*pair)))
    )


def _moved(old: Reason | None, new: Reason | None, knock_outs: set[str]) -> bool:
    if old is None or new is None:  # a rule for neither side makes no difference by coming or going
        only = old or new
        return only is not None and (only.weight != 0 or only.rule in knock_outs)
    return (old.favours, old.weight) != (new.favours, new.weight)


def _difference(old: Reason | None, new: Reason | None) -> float:
    return abs((new.weight if new else 0.0) - (old.weight if old else 0.0))
