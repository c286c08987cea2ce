"""A walk over the key entries of an `export.bin`, straight into columns.

Takes what files hold in practice and stops before an entry that is anything else: longer than 127
bytes, cut, with a field that keys do not have, a number out of bounds or written longer than it
must be, a start before 2009. What stands there is for the protobuf library. Fields may come in any
order; the last of one kind holds.
"""

from functools import cache
from typing import Final

from vungxanh.engines.keymatch.ir.lanes import filled

TAIL: Final = 32  # bytes behind the walk that must be readable
# Fields of one byte: tag, column, and what the number stays below.
_SHORT: Final = (("risk", 0x10, 9), ("type", 0x28, 6), ("onset", 0x30, 29))


@cache
def module() -> str:
    """`@walk(body, from, until, keys, starts, periods, risks, types, onsets, end)`.

    Gives how many entries were taken, and at `end` the byte after them. Stops at byte `until` at
    the latest, but may look at up to `TAIL` bytes behind it. Fills rows of `keys` (16 bytes; one
    row more than it takes), `starts` (uint32) and of the columns of bytes; absent numbers are left
    as they stand there.
    """
    return filled(
        "walk.ll",
        cases="\n".join(f"    i8 {tag}, label %{name}" for name, tag, _ in _SHORT),
        arrivals=", ".join(f"[%q.{name}, %{name}.taken]" for name, _, _ in _SHORT),
        remembered=", ".join(f"[%has, %{name}.taken]" for name, _, _ in _SHORT),
        blocks="\n".join(_short(name, below) for name, _, below in _SHORT),
        groups=_four_groups(),
    )


def _short(name: str, below: int) -> str:
    """A number of one byte; the onset is zigzag: 0, -1, 1, -2, and so on."""
    return f"""{name}:
  %is.{name} = icmp ult i8 %byte, {below}
  br i1 %is.{name}, label %{name}.taken, label %done
{name}.taken:
  %{name}.half = lshr i8 %byte, 1
  %{name}.odd = and i8 %byte, 1
  %{name}.sign = sub i8 0, %{name}.odd
  %{name}.turned = xor i8 %{name}.half, %{name}.sign
  %{name}.to = getelementptr i8, ptr %{name}s, i64 %n
  store i8 {"%onset.turned" if name == "onset" else "%byte"}, ptr %{name}.to, align 1
  %q.{name} = add i64 %q, 2
  br label %field"""


def _four_groups() -> str:
    """Seven bits of each of four bytes put together."""
    lines = ["  %start.sum.0 = and i32 %start.bytes, 127"]
    for at in range(1, 4):
        lines.append(f"  %start.{at}.down = lshr i32 %start.bytes, {at}")
        lines.append(f"  %start.{at}.bits = and i32 %start.{at}.down, {127 << (7 * at)}")
        lines.append(f"  %start.sum.{at} = or i32 %start.sum.{at - 1}, %start.{at}.bits")
    return "\n".join(lines)
