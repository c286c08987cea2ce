"""AES-128 without instructions for it: bit by bit, eight vectors of blocks at once.

Eight vectors become eight planes, of which each holds one bit of every byte: bit u of a byte of
plane b is bit b of that byte of vector u. The S-box is a circuit of gates on planes, the rest of a
round moves bytes. A plane of a key holds its bit for all eight.

Source: FIPS 197; Kasper and Schwabe, Faster and timing-attack resistant AES-GCM, CHES 2009; the
gates are the circuit of Boyar and Peralta, A small depth-16 circuit for the AES S-box, 2012.
"""

from collections.abc import Sequence
from typing import Final

from vungxanh.engines.keymatch.ir.blocks import (
    CONSTANTS,
    ROUNDS,
    Blocks,
    Cipher,
    last_words,
    next_key,
)
from vungxanh.engines.keymatch.ir.lanes import Lanes, Text, filled

_PLANES: Final = 8
# x0 is the highest bit of the byte that enters, s0 of the byte that leaves; ~ turns over.
_GATES: Final = """
y14=x3^x5 y13=x0^x6 y9=x0^x3 y8=x0^x5 t0=x1^x2 y1=t0^x7 y4=y1^x3 y12=y13^y14 y2=y1^x0 y5=y1^x6
y3=y5^y8 t1=x4^y12 y15=t1^x5 y20=t1^x1 y6=y15^x7 y10=y15^t0 y11=y20^y9 y7=x7^y11 y17=y10^y11
y19=y10^y8 y16=t0^y11 y21=y13^y16 y18=x0^y16
t2=y12&y15 t3=y3&y6 t4=t3^t2 t5=y4&x7 t6=t5^t2 t7=y13&y16 t8=y5&y1 t9=t8^t7 t10=y2&y7 t11=t10^t7
t12=y9&y11 t13=y14&y17 t14=t13^t12 t15=y8&y10 t16=t15^t12 t17=t4^t14 t18=t6^t16 t19=t9^t14
t20=t11^t16 t21=t17^y20 t22=t18^y19 t23=t19^y21 t24=t20^y18 t25=t21^t22 t26=t21&t23 t27=t24^t26
t28=t25&t27 t29=t28^t22 t30=t23^t24 t31=t22^t26 t32=t31&t30 t33=t32^t24 t34=t23^t33 t35=t27^t33
t36=t24&t35 t37=t36^t34 t38=t27^t36 t39=t29&t38 t40=t25^t39 t41=t40^t37 t42=t29^t33 t43=t29^t40
t44=t33^t37 t45=t42^t41
z0=t44&y15 z1=t37&y6 z2=t33&x7 z3=t43&y16 z4=t40&y1 z5=t29&y7 z6=t42&y11 z7=t45&y17 z8=t41&y10
z9=t44&y12 z10=t37&y3 z11=t33&y4 z12=t43&y13 z13=t40&y5 z14=t29&y2 z15=t42&y9 z16=t45&y14 z17=t41&y8
t46=z15^z16 t47=z10^z11 t48=z5^z13 t49=z9^z10 t50=z2^z12 t51=z2^z5 t52=z7^z8 t53=z0^z3 t54=z6^z7
t55=z16^z17 t56=z12^t48 t57=t50^t53 t58=z4^t46 t59=z3^t54 t60=t46^t57 t61=z14^t57 t62=t52^t58
t63=t49^t58 t64=z4^t59 t65=t61^t62 t66=z1^t63 s0=t59^t63 s6=t56~t62 s7=t48~t60 t67=t64^t65
s3=t53^t66 s4=t51^t66 s5=t47^t65 s1=t64~s3 s2=t55~t67
"""
_ROWS_SHIFTED: Final = tuple(4 * ((c + r) % 4) + r for c in range(4) for r in range(4))
_ONE_FURTHER: Final = tuple(_ROWS_SHIFTED[4 * c + (r + 1) % 4] for c in range(4) for r in range(4))
_TWO_ROWS: Final = tuple(4 * c + (r + 2) % 4 for c in range(4) for r in range(4))
_DOUBLED_INTO: Final = (0, 1, 3, 4)  # planes that the highest bit goes to when a byte is doubled


def _functions(n: int) -> str:
    """`@sliced(vectors, keys)` encrypts eight vectors in place; `@slice_keys(key, keys)`."""
    kind, words = Blocks(Text("none"), n).type, (*CONSTANTS, 0)
    return filled(
        "sliced.ll",
        kind=kind,
        constants=", ".join(f"i32 {word}" for word in words),
        n_constants=len(words),
        begin=_begin(n),
        phis=_phis(kind),
        round=_middle_round(n),
        end=_end(n),
        key=_round_key(n),
    )


def _prepare(blocks: Blocks, key: str, place: str) -> None:
    blocks.store(key, "%slices", 0)
    blocks.text.put(f"call void @slice_keys(ptr %slices, ptr {place})")


def _encrypted(blocks: Blocks, plain: Sequence[str], place: str) -> list[str]:
    for at, block in enumerate(plain):
        blocks.store(block, "%slices", at)
    blocks.text.put(f"call void @sliced(ptr %slices, ptr {place})")
    return [blocks.load("%slices", at) for at in range(_PLANES)]


def _begin(n: int) -> str:
    blocks = Blocks(Text("b"), n)
    planes = _turned(blocks, [blocks.load("%vectors", at) for at in range(_PLANES)])
    return _named(blocks, _keyed(blocks, planes, "%keys"), "first")


def _phis(kind: str) -> str:
    """The planes at the head of a round."""
    return "\n".join(
        f"  %now.{b} = phi {kind} [%first.{b}, %entry], [%next.{b}, %round]" for b in range(_PLANES)
    )


def _middle_round(n: int) -> str:
    blocks = Blocks(Text("r"), n)
    planes = [f"%now.{b}" for b in range(_PLANES)]
    mixed = _mixed(blocks, _substituted(blocks, planes))
    return _named(blocks, _keyed(blocks, mixed, "%own"), "next")


def _end(n: int) -> str:
    blocks = Blocks(Text("e"), n)
    boxed = _substituted(blocks, [f"%next.{b}" for b in range(_PLANES)])
    planes = _keyed(blocks, [blocks.shuffled(one, _ROWS_SHIFTED) for one in boxed], "%last")
    for at, vector in enumerate(_turned(blocks, planes)):
        blocks.store(vector, "%vectors", at)
    return str(blocks.text)


def _round_key(n: int) -> str:
    """One key of a round in planes, and the key of the next."""
    blocks = Blocks(Text("k"), n)
    for b in range(_PLANES):
        blocks.store(_spread(blocks, "%now", b), "%own", b)
    constant = Lanes(blocks.text, 4 * n).spread("%constant")
    boxed = blocks.xor(_boxed(blocks, last_words(blocks, "%now")), blocks.of_words(constant))
    return _named(blocks, [next_key(blocks, "%now", boxed)], "next")


def _named(blocks: Blocks, values: Sequence[str], name: str) -> str:
    """What was written, with names for the values that are needed further on."""
    for at, value in enumerate(values):
        blocks.text.put(f"%{name}.{at} = bitcast {blocks.type} {value} to {blocks.type}")
    return str(blocks.text)


def _turned(blocks: Blocks, vectors: Sequence[str]) -> list[str]:
    """Bit b of vector u to bit u of vector b, in every byte; twice is where one began."""
    now = list(vectors)
    for shift, mask in ((1, 0x55), (2, 0x33), (4, 0x0F)):
        for low in (at for at in range(_PLANES) if not at & shift):
            pair = (now[low], now[low + shift])
            now[low], now[low + shift] = _swapped(blocks, pair, (shift, mask))
    return now


def _swapped(blocks: Blocks, pair: tuple[str, str], by: tuple[int, int]) -> tuple[str, str]:
    low, high = pair
    shift, mask = blocks.splat(by[0]), blocks.splat(_everywhere(by[1]))
    moved = blocks.xor(blocks.op("lshr", low, shift), high)
    differing = blocks.op("and", moved, mask)
    back = blocks.op("shl", differing, shift)
    return blocks.xor(low, back), blocks.xor(high, differing)


def _substituted(blocks: Blocks, planes: Sequence[str]) -> list[str]:
    """The S-box on all planes, the lowest bit first."""
    values = {f"x{at}": planes[_PLANES - 1 - at] for at in range(_PLANES)}
    for gate in _GATES.split():
        name, _, expression = gate.partition("=")
        sign = next(one for one in "^&~" if one in expression)
        left, right = (values[part] for part in expression.split(sign))
        made = blocks.op("and" if sign == "&" else "xor", left, right)
        values[name] = blocks.xor(made, blocks.splat(-1)) if sign == "~" else made
    return [values[f"s{_PLANES - 1 - b}"] for b in range(_PLANES)]


def _mixed(blocks: Blocks, planes: Sequence[str]) -> list[str]:
    """Rows shifted, then columns mixed: 2a + 3b + c + d is 2(a + b) + b + (c + d)."""
    here = [blocks.shuffled(plane, _ROWS_SHIFTED) for plane in planes]
    below = [blocks.shuffled(plane, _ONE_FURTHER) for plane in planes]
    sums = [blocks.xor(a, b) for a, b in zip(here, below, strict=True)]
    doubled = [sums[b - 1] for b in range(_PLANES)]  # plane 0 gets the highest
    for b in _DOUBLED_INTO[1:]:
        doubled[b] = blocks.xor(doubled[b], sums[-1])
    further = [blocks.shuffled(one, _TWO_ROWS) for one in sums]
    parts = zip(doubled, below, further, strict=True)
    return [blocks.xor(blocks.xor(a, b), c) for a, b, c in parts]


def _keyed(blocks: Blocks, planes: Sequence[str], place: str) -> list[str]:
    keys = (blocks.load(place, b) for b in range(_PLANES))
    return [blocks.xor(plane, key) for plane, key in zip(planes, keys, strict=True)]


def _boxed(blocks: Blocks, block: str) -> str:
    """The S-box on one vector: its bits taken apart, and put together again."""
    ones = blocks.splat(_everywhere(1))
    planes = [blocks.op("lshr", block, blocks.splat(b)) for b in range(_PLANES)]
    boxed = [blocks.op("and", one, ones) for one in _substituted(blocks, planes)]
    whole = boxed[0]
    for b in range(1, _PLANES):
        whole = blocks.op("or", whole, blocks.op("shl", boxed[b], blocks.splat(b)))
    return whole


def _spread(blocks: Blocks, key: str, b: int) -> str:
    """Bit b of each byte in all eight bits of that byte."""
    shifted = blocks.op("lshr", key, blocks.splat(b))
    bit = blocks.op("and", shifted, blocks.splat(_everywhere(1)))
    return blocks.op("mul", bit, blocks.splat(0xFF))


def _everywhere(byte: int) -> int:
    return int.from_bytes(bytes([byte]) * 8)


CIPHER: Final = Cipher(_PLANES * (ROUNDS + 1), _functions, _prepare, _encrypted)
