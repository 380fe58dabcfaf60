"""Entry of ``python -m probes``."""

from probes.cli import main

if __name__ == "__main__":
    main()
