"""``python -m advisor``, and the console script ``tensor-or-torch``."""

import sys

from advisor.cli.app import app


def main() -> None:
    """Run the command line; what a terminal's encoding cannot show becomes a question mark, not a crash."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    app(prog_name="python -m advisor")


if __name__ == "__main__":
    main()
