"""Show the letter of a seed and its reading."""

import json
import sys

from tests.engines.letters.generator import generate

if __name__ == "__main__":
    sample = generate(int(sys.argv[1]))
    reading = json.dumps(sample.expected, ensure_ascii=False, indent=1)
    shape = f"{sample.kind}, {sample.layout}, table {sample.table}, noise {sample.noise}"
    sys.stdout.write(f"{sample.text}\n=== {shape}, {sample.unicode_form}\n{reading}\n")
