from __future__ import annotations

import gzip
import json
import re
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import pytest

from cases import Case, load_cases
from graph_maker import add, make_document, new_store, save_document
from graphs.lives import Lives
from graphs.status import answer_status
from graphs.update import update_graph
from ingest.citations.find import find_citations
from ingest.events.commands import VERBS, find_verbs
from ingest.events.read import read_events
from kb.mentions import places_of
from kb.models import Change, Field, StatedEvent, When
from kb.store.store import Store
from kb.validity import Word

DECREE = {"number": "50/2024/NĐ-CP", "type": "Nghị định", "issuer": "Chính phủ", "issued": "2024-05-10"}


def read(text: str) -> tuple[tuple[StatedEvent, ...], list[str]]:
    document = make_document(text)
    header = {name: Field(value, ()) for name, value in DECREE.items() if name != "issuer"}
    document = replace(document, metadata=replace(document.metadata, **header))
    citations = find_citations(document)
    events = read_events(document, citations)
    lines = []
    for event in events:
        target = citations[event.target] if event.target is not None else None
        parts = [
            event.change.value,
            (target.number or target.name or "?") if target else "-",
            places_of(event.pinpoints),
            event.on or event.when.value,
        ]
        parts += ["trừ " + places_of(event.saved)] if event.saved else []
        parts += [f"đến {event.until}"] if event.until else []
        if event.when is When.TOLD and event.other is not None:
            parts.append(f"bởi {citations[event.other].number}")
        lines.append(re.sub(r"\s+", " ", " | ".join(parts)))
    return events, lines


@pytest.mark.parametrize("case", load_cases("events"), ids=lambda case: case.id)
def test_cases(case: Case) -> None:
    events, lines = read(case.text)
    assert lines == case.expected.split("\n") if case.expected else not lines
    for event in events:
        words = event.span.cut(case.text)
        assert words in case.text and words.strip(), "each event has the sentence that proves it"


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.name)
def test_every_verb_has_its_example(verb: object) -> None:
    ((found, *_), *_) = find_verbs(verb.example)  # type: ignore[attr-defined]
    assert found is verb


def test_a_table_of_expired_documents() -> None:
    text = (
        "DANH MỤC VĂN BẢN HẾT HIỆU LỰC TOÀN BỘ NĂM 2023\n\n"
        "STT\tTên loại\tSố, ký hiệu\tNgày hết hiệu lực\n"
        "1\tQuyết định\t5/2015/QĐ-UBND\t01/7/2023\n"
        "2\tQuyết định\t9/2016/QĐ-UBND\t15/8/2023\n"
    )
    _, lines = read(text)
    assert lines == [
        "hết hiệu lực | 5/2015/QĐ-UBND | | 2023-07-01",
        "hết hiệu lực | 9/2016/QĐ-UBND | | 2023-08-15",
    ]


@pytest.mark.parametrize(
    "title",
    [
        "DANH MỤC THỦ TỤC HÀNH CHÍNH BỊ BÃI BỎ LĨNH VỰC NHÀ Ở",
        "DANH MỤC THỦ TỤC CÓ GIẤY TỜ ĐƯỢC THAY THẾ BẰNG DỮ LIỆU (Kèm theo Nghị định số 4/2024/NĐ-CP)",
    ],
)
def test_a_list_of_procedures_ends_no_document_it_cites(title: str) -> None:
    rows = "STT\tTên thủ tục\tCăn cứ\n1\tCấp giấy phép bếp ăn\tNghị định số 90/2015/NĐ-CP\n"
    assert read(f"{title}\n\n{rows}")[1] == []


def test_a_repeal_is_dated_by_the_act_that_repeals(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        old = add(
            store,
            "Điều 1. Phạm vi\nĐiều 2. Nghị định này có hiệu lực từ ngày 01/01/2016.",
            "/cu.txt",
            number="90/2015/NĐ-CP",
            type="Nghị định",
            issuer="Chính phủ",
            issued="2015-09-12",
        )
        text = "Điều 9. Nghị định này có hiệu lực từ ngày 01/7/2024 và thay thế Nghị định số 90/2015/NĐ-CP."
        new = add(store, text, "/moi.txt", **DECREE)
        update_graph(store, [old, new])
        before, after = (answer_status(store, old, day) for day in ("2024-06-30", "2024-07-01"))
    assert (before.standing.word, before.standing.end) == (Word.IN_FORCE, "2024-07-01")
    assert (after.standing.word, after.standing.reason, after.successors) == (Word.EXPIRED, "replaced", (new,))
    (event,) = after.standing.because
    assert event.evidence and event.evidence.work == new and "thay thế Nghị định số 90/2015" in event.evidence.text


@pytest.mark.parametrize(("ended", "word"), [("2024-07-01", Word.EXPIRED), ("2025-05-01", Word.IN_FORCE)])
def test_what_becomes_of_a_document_whose_parent_ends(tmp_path: Path, ended: str, word: Word) -> None:
    day = "/".join(reversed(ended.split("-")))
    with new_store(tmp_path) as store:
        child = add(
            store,
            "Điều 1. Thông tư này quy định chi tiết một số điều của Nghị định số 90/2015/NĐ-CP.\n"
            "Điều 2. Thông tư này có hiệu lực từ ngày 01/3/2016.",
            "/con.txt",
            number="3/2016/TT-BNV",
            type="Thông tư",
            issuer="Bộ Nội vụ",
            issued="2016-01-15",
        )
        text = f"Điều 9. Nghị định này có hiệu lực từ ngày {day} và thay thế Nghị định số 90/2015/NĐ-CP."
        update_graph(store, [child, add(store, text, "/moi.txt", **DECREE)])
        answer = answer_status(store, child, "2025-06-27")
    assert answer.standing.word is word
    if word is Word.EXPIRED:
        assert answer.rule == "Luật 80/2015/QH13 Điều 154 khoản 4" and answer.standing.reason == "with_parent"
    else:
        assert "Điều 57 khoản 2" in answer.note


def test_no_lower_act_changes_a_higher_one(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        text = "Điều 1. Bãi bỏ Điều 5 Nghị định số 90/2015/NĐ-CP.\nĐiều 2. Thông tư này có hiệu lực từ ngày ký."
        header = {"number": "3/2020/TT-BNV", "type": "Thông tư", "issuer": "Bộ Nội vụ", "issued": "2020-01-15"}
        update_graph(store, [add(store, text, **header)])
        with store.connect() as connection:
            assert not Lives(connection).events("90-2015-nd-cp")


def test_amended_articles_of_real_laws(shared: Path) -> None:
    """Official events of articles: those whose acting text is held in full are found, and few others."""
    wanted: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for line in (shared / "labels" / "phapdien_amendment_events.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        article = re.fullmatch(r"Điều (\d+\w*)", row["target_dieu"].strip())
        if article:
            wanted[row["by_so_hieu"]].add((row["target_so_hieu"], article[1]))
    texts = real_texts(shared, set(wanted))
    found = missed = 0
    for number, text in texts.items():
        document = make_document(text)
        citations = find_citations(document)
        articles = {
            dict(place.path).get("điều")
            for event in read_events(document, citations)
            if event.target is not None and event.change is not Change.RESUME
            for place in event.pinpoints
        }
        hits = sum(article in articles for _, article in wanted[number])
        found, missed = found + hits, missed + len(wanted[number]) - hits
    assert texts and found / (found + missed) >= 0.85


def real_texts(shared: Path, numbers: set[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    with gzip.open(shared / "texts" / "others.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if row["so_hieu"] in numbers and row.get("text_kind") == "full" and row.get("text"):
                found.setdefault(row["so_hieu"], row["text"])
    return dict(sorted(found.items())[:12])


def test_saving_twice_changes_nothing(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        document = make_document("Điều 1. Nghị định này có hiệu lực từ ngày 01/7/2024.", **DECREE)
        work = save_document(store, document)
        update_graph(store, [work])
        first = answer_status(store, work, "2025-01-01")
        save_document(store, document)
        update_graph(store, [work])
        assert answer_status(store, work, "2025-01-01") == first


def amending(store: Store) -> tuple[str, str, str]:
    """Two decrees and one that amends an article of each in its own two articles."""
    made = []
    for number, issued in (("90/2015/NĐ-CP", "2015-09-12"), ("91/2015/NĐ-CP", "2015-09-13")):
        text = f"Điều 1. Phạm vi\nĐiều 5. Bếp\nĐiều 9. Nghị định này có hiệu lực từ ngày 01/01/2016.\n{number}"
        header = {"number": number, "type": "Nghị định", "issuer": "Chính phủ", "issued": issued}
        made.append(add(store, text, f"/{issued}.txt", **header))
    text = (
        "Điều 1. Sửa đổi, bổ sung khoản 2 Điều 5 của Nghị định số 90/2015/NĐ-CP như sau:\n“2. Bếp gas.”\n"
        "Điều 2. Sửa đổi, bổ sung khoản 3 Điều 5 của Nghị định số 91/2015/NĐ-CP như sau:\n“3. Bếp than.”\n"
        "Điều 3. Nghị định này có hiệu lực từ ngày 01/7/2018."
    )
    header = {"number": "40/2018/NĐ-CP", "type": "Nghị định", "issuer": "Chính phủ", "issued": "2018-05-02"}
    title = "Sửa đổi, bổ sung một số điều của các Nghị định về bếp"
    made.append(add(store, text, "/sua.txt", title=title, **header))
    return made[0], made[1], made[2]


def test_an_amendment_ends_with_what_it_amends_article_by_article(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        amends = amending(store)[2]
        text = "Điều 9. Nghị định này có hiệu lực từ ngày 01/7/2024 và thay thế Nghị định số 90/2015/NĐ-CP."
        update_graph(store, [*amending(store), add(store, text, "/moi.txt", **DECREE)])
        before, after = (answer_status(store, amends, day) for day in ("2024-06-30", "2024-07-01"))
        one, two = (answer_status(store, amends, "2024-07-01", f"điều {n}").standing.word for n in (1, 2))
    assert (before.standing.word, after.standing.word) == (Word.IN_FORCE, Word.PARTLY)
    assert (one, two) == (Word.EXPIRED, Word.IN_FORCE)
    assert not after.standing.certain and "đã hết hiệu lực" in after.rule


def test_an_amendment_is_overtaken_where_its_place_changes_again(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        amends = amending(store)[2]
        text = (
            "Điều 1. Sửa đổi, bổ sung Điều 5 của Nghị định số 91/2015/NĐ-CP như sau:\n“Điều 5. Bếp điện.”\n"
            "Điều 2. Nghị định này có hiệu lực từ ngày 01/7/2024."
        )
        again = add(store, text, "/moi.txt", **DECREE)
        update_graph(store, [*amending(store), again])
        answer = answer_status(store, amends, "2024-07-01")
    assert answer.standing.word is Word.PARTLY
    assert [(event.place, event.by) for event in answer.parts] == [("điều 2", again)]


def test_what_details_one_of_several_ends_with_it(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        child = add(
            store,
            "Điều 1. Thông tư này quy định chi tiết một số điều của Nghị định số 90/2015/NĐ-CP và Nghị định số "
            "91/2015/NĐ-CP.\nĐiều 2. Thông tư này có hiệu lực từ ngày 01/3/2016.",
            "/con.txt",
            number="3/2016/TT-BNV",
            type="Thông tư",
            issuer="Bộ Nội vụ",
            issued="2016-01-15",
        )
        text = "Điều 9. Nghị định này có hiệu lực từ ngày 01/7/2024 và thay thế Nghị định số 90/2015/NĐ-CP."
        update_graph(store, [child, add(store, text, "/moi.txt", **DECREE)])
        answer = answer_status(store, child, "2024-07-01")
    assert answer.standing.word is Word.PARTLY and not answer.standing.certain
    assert answer.rule == "Nghị định 34/2016/NĐ-CP Điều 38 khoản 2 điểm c"
