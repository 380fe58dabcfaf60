"""A rule, a question, a probe and a language are added without an edit elsewhere."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[2]
EXAMPLE_PROBES = HOUSE / "tests" / "probes" / "catalog" / "example_catalog"
QUESTION = """\
traits:
  - id: quantum_hardware
    group: deployment
    kind: one
    question: {en: Does the model run on quantum hardware?, ja: モデルは量子ハードウェアで動きますか。}
    why: {en: It limits the runtime., ja: ランタイムが限られるためです。}
    options:
      - {id: "yes", label: {en: "Yes", ja: はい}}
      - {id: "no", label: {en: "No", ja: いいえ}}
"""
RULE = """\
id: quantum-runtime
theme: deployment
title: {en: Runtime on quantum hardware, ja: 量子ハードウェアのランタイム}
when: {quantum_hardware: "yes"}
history:
  - as_of: 2026-10-01
    favours: tensorflow
    strength: strong
    because: {en: Our simulator takes SavedModel only., ja: 社内の装置が読むのはSavedModelだけです。}
    sources: [{url: "https://intranet.example/quantum", dated: 2026-10-01, supports: input formats}]
review_by: 2027-10
examples: {fires: {quantum_hardware: "yes"}, silent: {quantum_hardware: "no"}}
"""
FRENCH_PAGE = """
from streamlit.testing.v1 import AppTest
app = AppTest.from_file("app.py", default_timeout=120)
app.query_params["lang"], app.query_params["a"] = "fr", "deep_learning_needed.no"
app.run()
assert not app.exception, app.exception
app.button(key="enough").click().run()  # what to use instead has no text in it either
assert not app.exception, app.exception
assert app.title[0].value == "Neither"
print(app.session_state["visit"].language, app.session_state["visit"].words("language.name"))
"""


def run(*arguments: str, home: Path = HOUSE, data: Path) -> str:
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=home,
        env=os.environ | {"PYTHONPATH": str(home), "TENSOR_OR_TORCH_DATA": str(data)},
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A folder with one question and the rule that reads it."""
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "questions.yaml").write_text(QUESTION, encoding="utf-8")
    (folder / "quantum-runtime.yaml").write_text(RULE, encoding="utf-8")
    return folder


def test_question_is_one_entry(own: Path, tmp_path: Path) -> None:
    found = json.loads(run("-m", "advisor", "traits", "--rules", str(own), "--json", data=tmp_path))
    assert "quantum_hardware" in [trait["id"] for trait in found["traits"]]


def test_rule_is_one_file(own: Path, tmp_path: Path) -> None:
    answers = tmp_path / "answers.yaml"
    answers.write_text('quantum_hardware: "yes"\n', encoding="utf-8")
    command = ("-m", "advisor", "advise", str(answers), "--rules", str(own), "--json")
    found = json.loads(run(*command, data=tmp_path))
    assert [reason["rule"] for reason in found["reasons"] if reason["decibans"]] == ["quantum-runtime"]
    assert found["verdict"]["framework"] == "tensorflow"


def test_probe_is_one_folder(tmp_path: Path) -> None:
    shutil.copytree(EXAMPLE_PROBES, tmp_path / "catalog")
    found = json.loads(
        run("-m", "probes", "list", "--catalog", str(tmp_path / "catalog"), "--json", data=tmp_path)
    )
    assert "autoencoder" in [probe["id"] for probe in found]


def test_language_is_one_file(tmp_path: Path) -> None:
    """Command line and page speak it; rules without texts in it fall back to English."""
    home = tmp_path / "home"
    for folder in ("advisor", "probes", "rules", "assets", ".streamlit"):
        shutil.copytree(HOUSE / folder, home / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(HOUSE / "app.py", home)
    english = (home / "assets" / "text" / "en.yaml").read_text(encoding="utf-8")
    french = english.replace("name: English", "name: Français", 1)
    assert french != english
    (home / "assets" / "text" / "fr.yaml").write_text(french, encoding="utf-8")
    answers = tmp_path / "answers.yaml"
    answers.write_text("team_experience: pytorch\n", encoding="utf-8")
    command = ("-m", "advisor", "advise", str(answers), "--language", "fr")
    assert "Team experienced in PyTorch" in run(*command, home=home, data=tmp_path)
    assert run("-c", FRENCH_PAGE, home=home, data=tmp_path).split() == ["fr", "Français"]
