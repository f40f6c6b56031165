"""What a person typed, read into a plan, with an explanation of how it was read.

Nothing typed is an error. Fields have Vietnamese names, with or without marks: ``loại:nghị quyết năm:2021``. The
grammar is in docs/query-language.md.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from kb.bilingual import Bilingual, both, english, joined
from kb.clock import told_day
from kb.search.analysis import Analysis, analyse, analyse_query
from kb.search.careless import put_right
from kb.search.effects import EFFECT_FIRST, EffectAsked, find_effect
from kb.search.fields import NOT_UNDERSTOOD, field_plan
from kb.search.force import in_force_plan
from kb.search.naming import in_force_on, without_force
from kb.search.now import NOW_FIRST, without_now
from kb.search.numbered import (
    ARTICLE_FIRST,
    Pinpoint,
    article_of_named,
    cited_plan,
    find_pinpoint,
    number_plan,
    shown_number,
)
from kb.search.others import find_others
from kb.search.plan import (
    Any_,
    Bag,
    Everything,
    Glob,
    Nothing,
    Phrase,
    Plan,
    Prefer,
    all_of,
    any_of,
)
from kb.search.plan import Not as NotPlan
from kb.search.preferring import carrying_plan, preferred
from kb.search.questions import pairs_in, telling_runs
from kb.search.whoosh_door.language import Between, Group, Node, Pattern, Quoted, Run, parse
from kb.search.wishes import NumberWish, find_wishes
from kb.text.normalize import fold, nfc
from kb.text.words import has_marks
from kb.vocabulary.abbreviations import find_fixed

#: So many letters of plain words are shown in the explanation.
_MOST_SHOWN = 160
#: A long question shares no more than some of its pairs with its answer.
MOST_NEEDED = 3
#: More numbers of one query are words.
_MOST_NUMBERS = 3


@dataclass(frozen=True, slots=True)
class Reading:
    """A query as read: its plan, and how it was read, one line a thing said (`kb.bilingual`)."""

    typed: str
    plan: Plan
    explanation: tuple[str, ...]
    words: tuple[str, ...] = ()
    numbers: tuple[Asked, ...] = ()
    pinpoint: Pinpoint | None = None
    effect: EffectAsked | None = None
    named: str | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A number that a query asks for, as typed, and the line that says so."""

    wish: NumberWish
    shown: str
    said: str


@dataclass(slots=True)
class _Reader:
    """Reads one query; gathers what there is to explain."""

    day: date
    learnt: Mapping[str, str]
    said: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    numbers: list[Asked] = field(default_factory=list)

    def say(self, line: str) -> None:
        if line not in self.said:
            self.said.append(line)


def read_query(typed: str, day: date, learnt: Mapping[str, str] | None = None) -> Reading:
    """The plan of a query; `day` is what ``hiệu lực:còn`` means, `learnt` abbreviations of the indexed documents.

    >>> read_query("loại:luật đất đai", date(2025, 7, 1)).explanation
    ('loại văn bản: Luật', 'tìm các từ: đất đai')
    """
    reader = _Reader(day, learnt or {})
    text = put_right(typed, reader.say)
    text = of_named[1] if (of_named := article_of_named(text)) else text
    tree = parse(text) if text else None
    if tree is None:
        if text:
            reader.say(both("đọc như các từ thường", "read as plain words"))
        plan = _words(reader, text)
    else:
        plan = _plan(reader, tree)
    if isinstance(plan, Nothing) and not reader.said:
        reader.say(both("chưa có từ nào để tìm", "no word to look for yet"))
    beside = find_pinpoint(text) if reader.numbers and isinstance(plan, Any_) else None
    pinpoint, named = of_named or (beside, None)
    if pinpoint:
        reader.say(ARTICLE_FIRST)
    effect = None if pinpoint or isinstance(tree, Group) else find_effect(text)
    if effect:
        reader.say(EFFECT_FIRST)
    words = tuple(dict.fromkeys(reader.words))
    return Reading(typed, plan, tuple(reader.said), words, tuple(reader.numbers), pinpoint, effect, named)


def _plan(reader: _Reader, node: Node) -> Plan:
    if isinstance(node, Group):
        return _group(reader, node)
    if isinstance(node, Run):
        if node.field is None:
            return _words(reader, node.text)
        plan, rest = field_plan(node.field, node.text, reader.day, reader.say)
        return _together(plan, _words(reader, rest))
    if isinstance(node, Quoted):
        if node.field:
            plan, _ = field_plan(node.field, node.text, reader.day, reader.say, whole=True)
            return plan
        return _quoted(reader, node)
    if isinstance(node, Between):
        plan, _ = field_plan(
            node.field or "year", (node.low, node.high), reader.day, reader.say,
            low_in=node.low_in, high_in=node.high_in,
        )  # fmt: skip
        return plan
    return _glob(reader, node)


def _group(reader: _Reader, group: Group) -> Plan:
    if group.how == "together":
        return _together(*(_plan(reader, part) for part in group.parts))
    if group.how == "not":
        return _without(reader, group.parts)
    if group.how == "butnot" and len(group.parts) == 2:
        return all_of(_plan(reader, group.parts[0]), _without(reader, group.parts[1:]))
    plans = [_plan(reader, part) for part in group.parts]
    if group.how == "or":
        reader.say(both("một trong các vế nối bằng HOẶC/OR là đủ", "one of the parts joined by OR is enough"))
        return any_of(*plans)
    if group.how == "maybe" and len(plans) == 2:
        reader.say("vế sau ANDMAYBE không bắt buộc, nơi có vế ấy được xếp trước")
        return any_of(*plans) if any(isinstance(plan, Nothing) for plan in plans) else Prefer(*plans)
    if group.how == "and" and len(plans) > 1:
        reader.say(both("phải có mọi vế nối bằng VÀ/AND", "every part joined by AND must be there"))
    return all_of(*plans)


def _without(reader: _Reader, parts: tuple[Node, ...]) -> Plan:
    """What must not be there, told as such; nothing forbidden when nothing was said."""
    told, words, numbers = list(reader.said), list(reader.words), list(reader.numbers)
    plans: list[Plan] = []
    reader.said, behind = [], ""
    for part in parts:
        if isinstance(part, Run) and part.field:
            plan, behind = field_plan(part.field, part.text, reader.day, reader.say)
            if not isinstance(plan, Everything):  # words behind a value are looked for
                plans.append(plan)
                continue
            behind = ""
        plans.append(_plan(reader, part))
    plan = any_of(*plans)
    if isinstance(plan, Nothing):
        reader.said = list(dict.fromkeys((*told, *reader.said)))
        return Everything()
    unread = [line for line in reader.said if line.startswith(NOT_UNDERSTOOD)]
    forbidden = [_bare(line) for line in reader.said if line not in unread]
    # What is left out is no word to mark and no document to look for.
    reader.said, reader.words, reader.numbers = [*told, *unread], words, numbers
    reader.say(both("bỏ những nơi có {what}", "without {what}", what=joined(forbidden)))
    return _together(NotPlan(plan), _words(reader, behind))


def _together(*plans: Plan) -> Plan:
    """What stood side by side; what says nothing to look for asks for nothing."""
    asked = [plan for plan in plans if not isinstance(plan, Nothing)]
    return all_of(*asked) if asked else Nothing()


def _bare(line: str) -> str:
    """What a line says is looked for, without saying that it is looked for."""
    return Bilingual(line.removeprefix("tìm "), str(english(line)).removeprefix("looking for "))


def _words(reader: _Reader, text: str) -> Plan:
    """Plain words: a bag of them, and the documents whose numbers they name before all."""
    rest, on = in_force_on(text) or (without_force(text), reader.day)
    if rest is not None:
        reader.say(
            both(
                "chỉ lấy văn bản còn hiệu lực ngày {day}, hoặc chưa rõ",
                "only documents in force on {day}, or not known to be out of force",
                day=told_day(on.isoformat()),
            )
        )
        force = in_force_plan(on.year * 10000 + on.month * 100 + on.day)
        return all_of(force, _words(reader, rest)) if rest.strip() else force
    rest = without_now(text)
    if rest is not None:
        reader.say(NOW_FIRST)
        return _words(reader, rest)
    analysis = analyse_query(text, reader.learnt)
    if not analysis.words:
        return Nothing()
    for shown, words in analysis.read_as:
        reader.say(both("{shown} đọc là {words}", "{shown} is read as {words}", shown=shown, words=words))
    reader.words += analysis.words
    wishes = list(find_wishes(text))[:_MOST_NUMBERS]
    if not wishes:
        shown = _shortened(" ".join(word for word in text.split() if re.search(r"\w", word)))
        reader.say(both("tìm các từ: {words}", "looking for the words: {words}", words=shown))
    bag = _bag(analysis)
    for other in bag.others:
        shown = ", ".join(f"“{words}”" for words in other.shown)
        reader.say(both("tìm cả {words}", "looking for {words} as well", words=shown))
    if not wishes:
        return preferred(analysis.spoken(text), bag, reader.learnt, reader.say)
    return _numbers(reader, text, wishes, bag)


def _shortened(words: str) -> str:
    """Words as an explanation shows them: not a whole page."""
    return words if len(words) <= _MOST_SHOWN else words[:_MOST_SHOWN].rstrip() + " …"


def _numbers(reader: _Reader, text: str, wishes: Sequence[NumberWish], beside: Plan) -> Plan:
    """The documents whose numbers a text names, before what else it asks for."""
    for wish in wishes:
        shown = shown_number(text, wish)
        said = both(
            "văn bản mang số {number} đứng trước, rồi đến nơi nhắc tới số này",
            "the document numbered {number} first, then what mentions that number",
            number=shown,
        )
        reader.say(said)
        reader.numbers.append(Asked(wish, shown, said))
    carrying = carrying_plan(text, wishes[0], reader.say)
    return any_of(carrying, *map(number_plan, wishes), *map(cited_plan, wishes), beside)


def _bag(analysis: Analysis) -> Bag:
    runs = telling_runs(analysis.words, analysis.marks)
    words = tuple(word for start, end in runs for word in analysis.words[start:end])
    marks = tuple(mark for start, end in runs for mark in analysis.marks[start:end])
    pairs = pairs_in(analysis.words, runs)
    # An abbreviation counts as typed with marks: it must be the same query as its words.
    marked = tuple(mark for mark, word in zip(marks, words, strict=True) if mark != word)
    others = tuple(find_others(analysis, runs))
    fixed = tuple(find_fixed(words))
    return Bag(words, tuple(pairs), marked, analysis.keys, at_least(len(set(pairs))), others, fixed)


def at_least(pairs: int) -> int:
    """How many of so many pairs of neighbours a hit must hold: a common pair alone says little.

    >>> [at_least(pairs) for pairs in (0, 1, 2, 3, 4, 10, 30)]
    [0, 1, 1, 1, 2, 3, 3]
    """
    return min(math.ceil(pairs / 3), MOST_NEEDED)


def _quoted(reader: _Reader, node: Quoted) -> Plan:
    analysis = analyse(node.text)
    if not analysis.words:
        return Nothing()
    near_marks = analysis.marks if has_marks(node.text) else ()
    said = both("đúng cụm “{words}”", "the very phrase “{words}”", words=node.text.strip())
    if node.slop:
        said = both(
            "{phrase}, cách nhau không quá {n} từ", "{phrase}, at most {n} words apart", phrase=said, n=node.slop
        )
    reader.say(said)
    reader.words += analysis.words
    phrase = Phrase(analysis.words, near_marks, node.slop)
    wishes = [wish for wish in find_wishes(node.text) if wish.sure and not node.text[: wish.start].strip()]
    whole = wishes and not node.text[wishes[0].end :].strip(" .")
    return _numbers(reader, node.text, wishes[:1], phrase) if whole else phrase


def _glob(reader: _Reader, node: Pattern) -> Plan:
    """One word with stars; a star alone is everything, a number cut by a star is its beginning."""
    pattern = fold(nfc(node.text))
    if not re.search(r"[^\W_]", pattern):
        reader.say(both("mọi văn bản", "all documents"))
        return Everything()
    plans: list[Plan] = []
    for part in re.findall(r"(?:[^\W_]|[*?])+", pattern):
        if part.strip("*?"):
            reader.say(both("từ có dạng {part}", "words of the form {part}", part=part))
            plans.append(Glob(part) if "*" in part or "?" in part else Bag((part,), (), (), (), 1))
    return all_of(*plans) if plans else Nothing()
