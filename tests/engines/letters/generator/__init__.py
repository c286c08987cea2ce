"""Official letters written from a grammar of their own, each with its true reading.

`generate(seed)` writes a letter that a clerk of a province, district, commune, ministry or party
body could have sent in 2020 or 2021, and its reading in schema letter/1. The grammar knows nothing
of the reader that it examines. `python -m tests.engines.letters.generator SEED` shows one.
"""

from tests.engines.letters.generator.compose import generate
from tests.engines.letters.generator.letter import Sample

__all__ = ["Sample", "generate"]
