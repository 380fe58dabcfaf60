"""The commands. Each lives in its own module, which imports what it needs only when it runs."""

import typer

from advisor.cli.advise import advise, explain, flips, next_question
from advisor.cli.check import check
from advisor.cli.diff import diff
from advisor.cli.report import report
from advisor.cli.traits import traits

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    add_completion=False,
    help="""TensorFlow or PyTorch, for my project? Explained rules with dates.

Write your answers into a YAML file, one trait a line, and ask for advice:

    python -m advisor traits                 (what can be answered)

    python -m advisor advise answers.yaml    (the verdict, its reasons and the plan)

    python -m advisor next answers.yaml      (the question worth most)

An answers file looks like this. A trait left out is unanswered; "unknown" means "not sure", and
a theme may matter less or more:

    purpose: product

    targets: [android, ios]

    team_experience: unknown

    importance: {deployment: more}

Exit code 0: done. 1: the check found errors. 2: the input could not be used; the reason is on stderr.""",
)
app.command()(traits)
app.command()(advise)
app.command()(explain)
app.command("next")(next_question)
app.command()(flips)
app.command()(report)
app.command()(check)
app.command()(diff)
