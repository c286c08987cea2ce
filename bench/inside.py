"""The inside of a benchmark: calls a function of a module with Django, and prints what it found.

`python -m bench.inside bench.audit_inside main 40 2000`: numbers in, one JSON document out.
"""

import json
import sys
from importlib import import_module

import django


def main(module: str, function: str, *numbers: str) -> None:
    """Start Django, then load the module and call its function."""
    django.setup()
    found = getattr(import_module(module), function)(*map(int, numbers))
    print(json.dumps(found))


if __name__ == "__main__":
    main(*sys.argv[1:])
