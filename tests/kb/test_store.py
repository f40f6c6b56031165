from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from hypothesis import given
from hypothesis import strategies as st

from ingest.document import build_document
from ingest.readers.plain import read_plain
from kb.errors import NotFound, StoreError
from kb.models import (
    Citation,
    CitationKind,
    Document,
    Field,
    Footnote,
    MediaType,
    Metadata,
    Pinpoint,
    Relation,
    SourceFile,
    Span,
    Unit,
    UnitKind,
)
from kb.settings import Settings
from kb.store.backup import backup_base, restore_base
from kb.store.codec import dump_value, load_value, pack, unpack
from kb.store.schema import metadata
from kb.store.soundness import check_base
from kb.store.store import Store, open_store

pytestmark = pytest.mark.new_base


def make(text: str, path: str = "/kho/a.txt", **header: str) -> tuple[Document, bytes]:
    data = text.encode()
    source = SourceFile(
        path, sha256(data).hexdigest(), MediaType.PLAIN, len(data), retrieved="2026-01-01T00:00:00"
    )
    document = build_document(source, read_plain(data))
    digest = header.pop("digest", "") == "yes"
    issuer = header.pop("issuer", None)
    fields = {name: Field(value, ()) for name, value in header.items()}
    meta = Metadata(**fields, issuers=(Field(issuer, ()),) if issuer else (), digest=digest)
    return replace(document, metadata=meta), data


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "kho", f"sqlite:///{tmp_path / 'kho' / 'cancu.sqlite3'}")


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    with open_store(settings) as opened:
        yield opened


def rich() -> tuple[Document, bytes]:
    document, data = make("BÁO CÁO\n\nĐiều 1. Kết quả¹\n\n¹ Kế hoạch 5/KH-UBND\n", number="05/BC-UBND")
    return replace(
        document,
        units=(Unit("art_1", UnitKind.ARTICLE, "Điều 1.", "Kết quả", Span(9, 25), None, 1, 2),),
        footnotes=(Footnote("1", "main", Span(24, 25), (Span(29, 47),), "Kế hoạch 5/KH-UBND", 1),),
        pages=3,
    ), data


CITATION = Citation(
    (Span(29, 47),),
    "Kế hoạch 5/KH-UBND",
    CitationKind.NUMBER,
    number="5/KH-UBND",
    pinpoints=(Pinpoint((("điều", "25"), ("khoản", "3"))),),
    relation=Relation.BASED_ON,
    evidence=Span(1, 2),
)


def test_a_document_comes_back_the_very_same(store: Store) -> None:
    document, data = rich()
    saved = store.save(document, (CITATION,), data)
    assert store.load(saved.work_id) == document
    assert store.citations(saved.work_id) == (CITATION,)
    assert store.original(document.source.sha256).read_bytes() == data
    (row,) = store.list_documents()
    assert (row.units, row.footnotes, row.citations, row.pages) == (1, 1, 1, 3)


@given(st.text(alphabet=st.characters(exclude_categories=[]), max_size=200))
def test_any_text_survives_packing(text: str) -> None:
    source = SourceFile(text, "0" * 64, MediaType.PDF, 1)
    assert unpack(SourceFile, pack(source)) == source


def test_values_drop_defaults_and_unknown_fields() -> None:
    assert dump_value(Field("a", ())) == '{"value":"a","spans":[]}'
    assert load_value(Field, '{"value":"a","spans":[[1,2]],"later":3}') == Field("a", (Span(1, 2),))


def test_schema_equals_the_steps_that_make_it(store: Store) -> None:
    with store.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_ingest_again_is_unchanged_and_a_changed_file_a_version(store: Store) -> None:
    first, data = make("một")
    assert store.save(first, (), data).verdict == "added"
    assert store.save(first, (), data).verdict == "unchanged"
    second, newer = make("hai")
    saved = store.save(second, (), newer)
    assert (saved.verdict, saved.version) == ("new_version", 2)
    assert store.load(saved.work_id).text == "hai"
    assert store.load(saved.work_id, 1).text == "một"
    assert store.save(first, (), data).version == 1, "put back as it was"
    assert store.load(saved.work_id).text == "một"


NĐ = {"number": "34/2016/NĐ-CP", "issuer": "Chính phủ", "issued": "2016-05-14"}
XÃ = {"number": "02/NQ-HĐND", "issuer": "HỘI ĐỒNG NHÂN DÂN TỈNH KHÁNH HÒA", "issued": "2025-03-01"}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (NĐ, NĐ, True),
        (NĐ, {**NĐ, "issued": "2016-05-15"}, True),
        (NĐ, {"number": "34/2016/NĐ-CP"}, True),
        (XÃ, {**XÃ, "issuer": "Hội đồng nhân dân tỉnh Khánh Hoà"}, True),
        (XÃ, {**XÃ, "issuer": "HĐND tỉnh Lâm Đồng"}, False),
        (XÃ, {**XÃ, "issued": "2024-03-01"}, False),
        (XÃ, {"number": "02/NQ-HĐND"}, False),
        ({"number": "66/NQ-CP", "issued": "2024-01-01"}, {"number": "66/NQ-CP", "issued": "2025-01-01"}, False),
        ({}, {}, False),
    ],
)
def test_two_files_of_one_document(store: Store, one: dict[str, str], other: dict[str, str], same: bool) -> None:
    first, data = make("bản chữ", "/kho/a.txt", **one)
    second, other_data = make("bản in", "/kho/b.pdf", **other)
    a, b = store.save(first, (), data), store.save(second, (), other_data)
    assert (a.work_id == b.work_id) is same
    assert b.verdict == ("same_document" if same else "added")


def test_the_real_text_outranks_a_digest(store: Store) -> None:
    digest, data = make("lược thuật", "/kho/d.md", digest="yes", **NĐ)
    real, real_data = make("nguyên văn", "/kho/r.txt", **NĐ)
    again, more = make("lược thuật, sửa", "/kho/d.md", digest="yes", **NĐ)
    work = store.save(digest, (), data).work_id
    store.save(real, (), real_data)
    store.save(again, (), more)
    assert store.load(work).text == "nguyên văn"
    assert [row.digest for row in store.versions(work)] == [True, False, True]


def test_ids_are_readable(store: Store) -> None:
    header = {"number": "224/BC-UBND", "issuer": "ỦY BAN NHÂN DÂN TỈNH KHÁNH HÒA", "issued": "2025-06-27"}
    for header_, expected in (
        (header, "224-bc-ubnd.khanh-hoa.2025-06-27"),
        (NĐ, "34-2016-nd-cp"),
        ({"number": "76/NQ-CP", "issuer": "Chính phủ", "issued": "2021-07-15"}, "76-nq-cp.2021-07-15"),
        ({"number": "31/2024/QH15", "issued": "2024-01-18"}, "31-2024-qh15"),
    ):
        document, data = make(expected, expected, **header_)
        assert store.save(document, (), data).work_id == expected


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("34/2016", ["34-2016-nd-cp"]),
        ("Nghị định 34/2016", ["34-2016-nd-cp"]),
        ("Nghị quyết 34/2016", []),
        ("34/2016/nd-cp", ["34-2016-nd-cp"]),
        ("034/2016/NĐ - CP", ["34-2016-nd-cp"]),
        ("66/nq-cp", ["66-nq-cp.2024-01-01", "66-nq-cp.2025-01-01"]),
        ("66/NQ-CP năm 2025", ["66-nq-cp.2025-01-01"]),
        ("http://localhost/van-ban/66-nq-cp.2024-01-01", ["66-nq-cp.2024-01-01"]),
        ("66-nq-cp.2024-01-01", ["66-nq-cp.2024-01-01"]),
        ("6/NQ-CP", []),
        ("%", []),
        ("", []),
    ],
)
def test_find_as_people_type(store: Store, typed: str, ids: list[str]) -> None:
    for header in (
        {**NĐ, "type": "Nghị định"},
        {"number": "66/NQ-CP", "issued": "2024-01-01"},
        {"number": "66/NQ-CP", "issued": "2025-01-01"},
    ):
        document, data = make(str(header), str(header), **header)
        store.save(document, (), data)
    assert [row.id for row in store.find(typed)] == ids


def test_what_is_not_held(store: Store) -> None:
    with pytest.raises(NotFound):
        store.load("khong-co")
    with pytest.raises(NotFound):
        store.original("../../etc/passwd")


def test_a_newer_base_is_refused(settings: Settings) -> None:
    open_store(settings).close()
    with sqlite3.connect(settings.home / "cancu.sqlite3") as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    database.close()
    with pytest.raises(StoreError) as caught:
        open_store(settings)
    assert caught.value.code == "store.newer"


def test_a_damaged_base_is_said_so(settings: Settings) -> None:
    settings.home.mkdir()
    (settings.home / "cancu.sqlite3").write_bytes(b"no database at all" * 100)
    with pytest.raises(StoreError) as caught:
        open_store(settings)
    assert caught.value.code == "store.damaged"


def test_a_full_disk_leaves_a_sound_base(settings: Settings, store: Store) -> None:
    first, data = make("một")
    store.save(first, (), data)
    with store.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    big, big_data = make("".join(chr(0x1E00 + at * 7919 % 250) for at in range(200_000)), "/kho/b.txt")
    with pytest.raises(StoreError) as caught:
        for _ in range(3):  # the pool may hand out another connection, without the limit
            store.save(big, (), big_data)
    assert caught.value.code == "store.full"
    assert len(store.list_documents()) == 1
    assert all(check.holds for check in check_base(store))


def test_backup_and_restore(settings: Settings, store: Store, tmp_path: Path) -> None:
    document, data = rich()
    work = store.save(document, (CITATION,), data).work_id
    archive = tmp_path / "sao lưu.zip"
    assert backup_base(settings, archive) == 1
    with pytest.raises(StoreError):
        restore_base(settings, archive)
    other = Settings(tmp_path / "mới", f"sqlite:///{tmp_path / 'mới' / 'cancu.sqlite3'}")
    assert restore_base(other, archive) == 1
    with open_store(other) as restored:
        assert restored.load(work) == document
        assert all(check.holds for check in check_base(restored))


def test_a_damaged_backup_touches_nothing(settings: Settings, store: Store, tmp_path: Path) -> None:
    document, data = rich()
    store.save(document, (), data)
    archive = tmp_path / "b.zip"
    backup_base(settings, archive)
    whole = archive.read_bytes()
    for broken in (whole[: len(whole) // 2], b"", whole[:300] + b"X" * 50 + whole[350:]):
        archive.write_bytes(broken)
        with pytest.raises(StoreError) as caught:
            restore_base(settings, archive, force=True)
        assert caught.value.code == "restore.damaged"
    assert len(store.list_documents()) == 1


def test_doctor_sees_a_lost_original(settings: Settings, store: Store) -> None:
    document, data = rich()
    store.save(document, (), data)
    store.original(document.source.sha256).write_bytes(b"khac")
    assert [check.name for check in check_base(store) if not check.holds] == ["originals"]
