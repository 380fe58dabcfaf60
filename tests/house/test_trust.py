"""What the product never does, read from its sources, and how its server is set up."""

import ast
import re
import tomllib
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[2]
SOURCES = [
    HOUSE / "app.py",
    *sorted(p for room in ("advisor", "probes") for p in (HOUSE / room).rglob("*.py")),
]
UNSAFE_MODULES = {"pickle", "cPickle", "dill", "cloudpickle", "joblib", "shelve", "marshal"}
CODE_FROM_TEXT = {"eval", "exec", "compile", "__import__"}
LOADERS = {"load", "load_all", "full_load", "full_load_all", "unsafe_load", "unsafe_load_all"}
SAFE_LOADERS = {"SafeLoader", "CSafeLoader", "BaseLoader", "CBaseLoader"}
SHELLS = {"os.system", "os.popen", "subprocess.getoutput", "subprocess.getstatusoutput"}
TEXT_ON_A_PAGE = {"unsafe_allow_html", "unsafe_allow_javascript"}
MAY_SEND_A_SCRIPT = {"advisor/ui/address.py"}


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def calls(path: Path) -> tuple[tuple[str, ast.Call], ...]:
    """Every call of a file with the dotted name of what is called."""
    return tuple(
        (ast.unparse(node.func), node) for node in ast.walk(tree(path)) if isinstance(node, ast.Call)
    )


def found(wrong: Callable[[str, ast.Call, Path], bool]) -> list[str]:
    """Where ``wrong(name, call, path)`` holds in the sources."""
    return [
        f"{path.relative_to(HOUSE).as_posix()}:{call.lineno} {name}"
        for path in SOURCES
        for name, call in calls(path)
        if wrong(name, call, path)
    ]


def imports() -> set[tuple[str, str]]:
    """Every import of the sources as (file, name)."""
    return {
        (path.relative_to(HOUSE).as_posix(), name)
        for path in SOURCES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in [getattr(node, "module", None) or "", *(alias.name for alias in node.names)]
    }


def keywords(call: ast.Call) -> dict[str, str]:
    return {word.arg: ast.unparse(word.value) for word in call.keywords if word.arg}


@pytest.fixture(scope="module")
def config() -> dict[str, dict[str, object]]:
    return tomllib.loads((HOUSE / ".streamlit" / "config.toml").read_text(encoding="utf-8"))


def test_there_are_sources() -> None:
    assert len(SOURCES) > 100


def test_text_never_becomes_code() -> None:
    assert not found(lambda name, call, path: name.removeprefix("builtins.") in CODE_FROM_TEXT)


def test_yaml_is_loaded_as_plain_data_only() -> None:
    def wrong(name: str, call: ast.Call, path: Path) -> bool:
        module, _, function = name.rpartition(".")
        if module != "yaml" or function not in LOADERS | {"compose", "compose_all", "parse", "scan"}:
            return False
        given = keywords(call).get("Loader", ast.unparse(call.args[1]) if len(call.args) > 1 else "")
        return given.removeprefix("yaml.") not in SAFE_LOADERS and not given.startswith("_")

    assert not found(wrong)


def test_every_yaml_loader_named_is_a_safe_one() -> None:
    named = {
        node.attr
        for path in SOURCES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "yaml" and "Loader" in node.attr
    }
    assert named
    assert named <= SAFE_LOADERS


def test_nothing_is_pickled() -> None:
    assert not {(path, name) for path, name in imports() if name.split(".")[0] in UNSAFE_MODULES}


def test_saved_models_are_read_as_weights_only() -> None:
    assert not found(
        lambda name, call, path: name == "torch.load" and keywords(call).get("weights_only") != "True"
    )


def test_no_program_is_started_through_a_shell() -> None:
    assert not found(
        lambda name, call, path: name in SHELLS or keywords(call).get("shell", "False") != "False"
    )


def test_only_the_supervisor_and_the_detection_start_programs() -> None:
    started = found(
        lambda name, call, path: name.startswith("subprocess.") and name.split(".")[1][0].islower()
    )
    popen = found(lambda name, call, path: name == "subprocess.Popen")
    assert [place.split(":")[0] for place in popen] == ["probes/supervise.py"]
    assert not [place for place in started if not place.startswith("probes/")]


def test_pages_send_no_raw_html_but_through_st_html() -> None:
    assert not found(
        lambda name, call, path: (
            bool(TEXT_ON_A_PAGE & set(keywords(call)))
            and path.relative_to(HOUSE).as_posix() not in MAY_SEND_A_SCRIPT
        )
    )


def test_pages_never_open_an_address_themselves() -> None:
    network = {"requests", "httpx", "urllib.request", "aiohttp", "http.client", "socket", "ftplib", "smtplib"}
    assert not {(path, name) for path, name in imports() if name in network}


@pytest.mark.parametrize("kind", ["css", "html", "js", "svg", "j2"])
def test_assets_load_nothing_from_the_network(kind: str) -> None:
    files = [path for room in ("assets", "advisor") for path in (HOUSE / room).rglob(f"*.{kind}")]
    text = {path.name: path.read_text(encoding="utf-8") for path in files}
    assert not [
        name for name, body in text.items() if re.search(r"@import|<script[^>]+src=|<link[^>]+http", body)
    ]
    assert not [name for name, body in text.items() if re.search(r"url\(\s*[\"']?(?:https?:)?//", body)]


def test_server_answers_this_machine_only(config: dict[str, dict[str, object]]) -> None:
    assert config["server"]["address"] == "127.0.0.1"


def test_server_keeps_its_protections(config: dict[str, dict[str, object]]) -> None:
    assert config["server"]["enableXsrfProtection"] is True
    assert config["server"]["enableCORS"] is True
    assert not config["server"].get("enableAgentApi", False)
    assert not config["server"].get("enableStaticServing", False)


def test_browser_learns_no_error_details(config: dict[str, dict[str, object]]) -> None:
    assert config["client"]["showErrorDetails"] == "none"
    assert config["client"]["showErrorLinks"] is False


def test_nothing_is_told_to_streamlit(config: dict[str, dict[str, object]]) -> None:
    assert config["browser"]["gatherUsageStats"] is False
    assert config["server"]["showEmailPrompt"] is False


def test_uploads_are_capped(config: dict[str, dict[str, object]]) -> None:
    cap = config["server"]["maxUploadSize"]
    assert isinstance(cap, int)
    assert cap <= 8


def test_theme_loads_no_font_from_the_network(config: dict[str, dict[str, object]]) -> None:
    assert "http" not in str(config["theme"])
    assert "fontFaces" not in config["theme"]


def test_interpreters_are_named_by_who_runs_the_server_only() -> None:
    """The worker's interpreter comes from the environment; no widget, link or file reaches it."""
    body = tree(HOUSE / "advisor/ui/lab.py").body
    function = next(n for n in body if isinstance(n, ast.FunctionDef) and n.name == "_interpreters")
    assert not function.args.args
    names = {ast.unparse(n) for n in ast.walk(function) if isinstance(n, ast.Attribute)}
    assert names == {"os.environ", "os.environ.get", "sys.executable", "INTERPRETERS.items"}
    elsewhere = found(
        lambda name, call, path: (
            "interpreters" in keywords(call)
            and "advisor/ui" in path.as_posix()
            and keywords(call)["interpreters"] != "_interpreters()"
        )
    )
    assert not elsewhere
