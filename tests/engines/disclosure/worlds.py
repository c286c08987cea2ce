"""Small trees of units with counts, many of them small."""

from hypothesis import strategies as st

from vungxanh.engines.disclosure import WHOLE, Table

COUNTS = st.one_of(st.integers(0, 6), st.integers(0, 3), st.sampled_from([0, 9, 40]))


@st.composite
def tables(draw: st.DrawFn, most_units: int = 9) -> Table:
    """A tree in which a unit may have one unit below it, and counts of its lowest units."""
    n = draw(st.integers(1, most_units))
    parents = {f"u{at}": f"u{draw(st.integers(0, at - 1))}" for at in range(1, n)}
    columns = draw(st.sampled_from([(), ("ill", "well"), ("a", "b", "c")]))
    units = {"u0", *parents}
    lowest = sorted(units - set(parents.values()))
    counts = {(u, c): draw(COUNTS) for u in lowest for c in columns or (WHOLE,)}
    return Table(parents, columns, counts)
