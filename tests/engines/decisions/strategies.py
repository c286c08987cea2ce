"""Any facts, any conditions, any rules: what the twins have to agree on."""

from datetime import date

from hypothesis import strategies as st

from vungxanh.engines.decisions import COLOURS, Expr, Facts, Op, Rule, RuleSet, Work
from vungxanh.engines.decisions.types import FLAGS, FORMS, NUMBERS, SETS, TESTS, WORDS

DAYS = [date(2021, 11, day) for day in (1, 2, 3)]
PROVINCES = ["vn-2021:52", "vn-2021:56"]
_SMALL = {name: min(high, 6) for name, (_, high) in NUMBERS.items()}


def numbers(name: str) -> st.SearchStrategy[int]:
    """Values of a number; few, so that bounds are met."""
    return st.integers(NUMBERS[name][0], _SMALL[name])


facts = st.builds(
    Facts,
    **{name: st.frozensets(st.sampled_from(words), max_size=3) for name, words in SETS.items()},
    **{name: st.none() | st.booleans() for name in FLAGS},
    **{name: st.none() | numbers(name) for name in NUMBERS},
    test=st.sampled_from(TESTS),
    form=st.sampled_from(FORMS),
)


def _of_words(names: dict[str, tuple[str, ...]], one: Op) -> st.SearchStrategy[Expr]:
    """A comparison with one word of a fact, or with several."""

    def of(name: str) -> st.SearchStrategy[Expr]:
        word = st.sampled_from([word for word in names[name] if word])
        several = st.lists(word, unique=True, max_size=3).map(tuple)
        return st.builds(Expr, st.just(one), fact=st.just(name), value=word) | st.builds(
            Expr, st.just(Op.ANY_OF), fact=st.just(name), value=several
        )

    return st.sampled_from(sorted(names)).flatmap(of)


def _of_number(name: str) -> st.SearchStrategy[Expr]:
    ops = st.sampled_from([Op.IS, Op.AT_LEAST, Op.AT_MOST])
    return st.builds(Expr, ops, fact=st.just(name), value=numbers(name))


leaves = st.one_of(
    _of_words(dict(SETS), Op.HAS),
    _of_words(dict(WORDS), Op.IS),
    st.builds(Expr, st.just(Op.IS), fact=st.sampled_from(FLAGS), value=st.booleans()),
    st.sampled_from(sorted(NUMBERS)).flatmap(_of_number),
)


def _conditions(most: int) -> st.SearchStrategy[Expr]:
    return st.recursive(
        leaves,
        lambda inner: (
            st.builds(
                Expr,
                st.sampled_from([Op.ALL, Op.ANY]),
                parts=st.lists(inner, max_size=3).map(tuple),
            )
            | st.builds(Expr, st.just(Op.NOT), parts=st.tuples(inner))
        ),
        max_leaves=most,
    )


conditions = _conditions(8)
short_conditions = _conditions(3)
_names = st.lists(st.sampled_from(["a", "b", "c"]), unique=True, max_size=2).map(tuple)
rules = st.builds(
    Rule,
    id=st.sampled_from(["one", "two", "three", "four"]),
    when=conditions,
    colour=st.none() | st.sampled_from(COLOURS),
    advice=_names,
    work=_names,
    valid_from=st.sampled_from(DAYS),
    valid_until=st.none() | st.just(date(2021, 11, 3)),
    province=st.none() | st.sampled_from(PROVINCES),
    because=st.just({"vi": "x"}),
    is_ill=st.booleans(),
).filter(lambda rule: rule.valid_until is None or rule.valid_from < rule.valid_until)


def rule_set(*listed: Rule) -> RuleSet:
    """A set with these rules and a text for everything."""
    return RuleSet(
        version=1,
        title={"vi": "Thử"},
        source="thử",
        rules=listed,
        advice_texts={name: {"vi": name} for name in "abc"},
        work={name: Work({"vi": name}, 60) for name in "abc"},
        holds_hours={colour: 24 * (1 + place) for place, colour in enumerate(COLOURS)},
        follow_up_days={colour: place for place, colour in enumerate(COLOURS)},
    )


def _is_one_a_day(listed: list[Rule]) -> bool:
    keys = [(rule.id, rule.province) for rule in listed]
    return len(set(keys)) == len(keys)


rule_sets = st.lists(rules, max_size=6).filter(_is_one_a_day).map(lambda found: rule_set(*found))
