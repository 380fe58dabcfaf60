"""The published schema of the report document.

``python -m advisor.report.schema`` writes ``assets/report/report-v1.schema.json`` anew from the models. A
change that an older reader could not take needs a new version: raise ``SCHEMA_VERSION``.
"""

import json

from advisor.paths import ASSETS
from advisor.report.model import SCHEMA_VERSION, Report

FILE = ASSETS / "report" / f"report-v{SCHEMA_VERSION}.schema.json"


def schema_text() -> str:
    """The JSON schema of :class:`Report`, as it is published."""
    return json.dumps(Report.model_json_schema(), indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    FILE.write_text(schema_text(), encoding="utf-8")
