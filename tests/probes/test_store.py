"""The history, and measurements that come from elsewhere."""

import json

import jsonschema
import pytest

from probes import store as store_module
from probes.runner import run
from probes.store import SCHEMA_FILE, ImportRefusedError, Store, read_json, schema, versions_key, write_json


@pytest.fixture
def found(fake_plan):
    return run(fake_plan({"plain": {"tensorflow": {"step": 1.0}, "pytorch": {"step": 2.0}}}))


def test_what_is_saved_comes_back_whole(found):
    store = Store()
    store.save(found)
    assert store.get(found.id) == found


def test_the_history_is_newest_first_and_can_be_narrowed(found):
    store = Store()
    older = found.model_copy(
        update={"id": "older", "started": "2020-01-01T00:00:00+00:00", "plan": "standard"}
    )
    for one in (older, found):
        store.save(one)
    assert [kept.id for kept in store.history()] == [found.id, "older"]
    assert [kept.id for kept in store.history(plan="standard")] == ["older"]
    assert [kept.machine for kept in store.history(machine="another")] == []
    assert len(store.history(versions=versions_key(found))) == 2
    assert store.history(versions=json.dumps({"pytorch": "0.1"})) == ()


def test_a_forgotten_measurement_is_gone(found):
    store = Store()
    store.save(found)
    assert store.delete(found.id)
    assert store.get(found.id) is None
    assert not store.delete(found.id)


def test_another_database_by_its_address(found, tmp_path, monkeypatch):
    monkeypatch.setenv("TENSOR_OR_TORCH_DATABASE", f"sqlite:///{tmp_path / 'other.db'}")
    Store().save(found)
    assert (tmp_path / "other.db").exists()
    assert not (tmp_path / "data" / "measurements.sqlite3").exists()


def test_a_measurement_of_another_machine_is_marked(found):
    store = Store()
    store.take_in(write_json(found))
    assert [(kept.id, kept.imported) for kept in store.history()] == [(found.id, True)]


def test_an_import_does_not_overwrite_a_measurement_of_this_machine(found):
    store = Store()
    store.save(found)
    store.take_in(write_json(found.model_copy(update={"plan": "forged"})))
    assert store.get(found.id).plan == "quick"
    assert not store.history()[0].imported


def test_the_published_schema_is_the_current_one():
    assert json.loads(SCHEMA_FILE.read_text()) == json.loads(json.dumps(schema()))


def test_an_exported_measurement_follows_the_published_schema(found):
    jsonschema.validate(json.loads(write_json(found)), json.loads(SCHEMA_FILE.read_text()))


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda document: document.update(schema_version=2), "schema_version"),
        (lambda document: document.update(extra=1), "extra"),
        (lambda document: document["results"][0].update(verdict="torch"), "results.0.verdict"),
        (lambda document: document.pop("machine"), "machine"),
    ],
)
def test_a_document_that_is_not_as_published_is_refused(found, spoil, told):
    document = json.loads(write_json(found))
    spoil(document)
    with pytest.raises(ImportRefusedError, match=told):
        read_json(json.dumps(document))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(document, schema())


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        *((text, {"no-json"}) for text in ("", "{", "\x00")),
        *((text, {"no-measurement"}) for text in ("[]", "null")),
        ("[" * 100_000, {"no-json", "too-deep"}),
    ],
)
def test_garbage_is_refused(text, codes):
    with pytest.raises(ImportRefusedError) as refused:
        read_json(text)
    assert refused.value.code in codes


def test_a_file_that_is_too_large_is_not_even_read(monkeypatch):
    monkeypatch.setattr(store_module, "SIZE_LIMIT", 10)
    with pytest.raises(ImportRefusedError, match="11 bytes; at most 10") as refused:
        read_json("x" * 11)
    assert refused.value.code == "too-large"


def test_two_stores_share_one_file(found):
    Store().save(found)
    assert Store().get(found.id) is not None
