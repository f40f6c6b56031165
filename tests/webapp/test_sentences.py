from __future__ import annotations

from ingest.document import build_document
from ingest.readers.door import read_source
from ingest.sources import source_of
from kb.models import BlockKind, Span
from webapp.sentences import near, sentence_at


def test_words_around_a_cell_begin_and_end_between_two_words() -> None:
    rows = "\n".join(f"{at}\tTrồng cây bóng mát tuyến phố {at}\t{at}00 cây\tĐạt" for at in range(1, 12))
    data = f"BÁO CÁO\nKết quả cây xanh\n\nTT\tMục tiêu\tKết quả\tĐánh giá\n{rows}\n".encode()
    source = source_of("bao-cao.txt", data)
    document = build_document(source, read_source(source, data))
    text = document.text
    for at in range(text.index("600 cây"), text.index("600 cây") + 40):
        found = sentence_at(document, Span(at, at + 1))
        block = document.block_over(at)
        assert block is None or block.kind is not BlockKind.TEXT
        words = set(text.split())
        assert found.before.startswith("… ")
        assert found.after.endswith(" …")
        assert set(found.before.split()[1:-1]) <= words, "no half of a word"
        assert set(found.after.split()[1:-1]) <= words, "no half of a word"
        assert near(found).before.count("…") == 1
