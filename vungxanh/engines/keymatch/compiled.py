"""Loops written in LLVM's intermediate language, compiled for this processor.

LLVM comes with llvmlite: no compiler is needed on the machine. What was compiled can be kept in
`Objects` and is then linked without LLVM's code generator.
"""

import hashlib
import threading
from functools import cache
from typing import Final, NamedTuple, Protocol

import llvmlite
import llvmlite.binding as llvm

_LOCK: Final = threading.Lock()


class Target(NamedTuple):
    """For which processor: LLVM's name of it, the features it has, and those it lacks.

    A virtual machine hides features that the name of its processor promises: they are switched off.
    """

    cpu: str
    features: frozenset[str]
    lacks: frozenset[str] = frozenset()

    def switches(self) -> str:
        """The features as LLVM takes them: `+aes,-avx512f`."""
        return ",".join(
            [f"+{name}" for name in sorted(self.features)]
            + [f"-{name}" for name in sorted(self.lacks)]
        )


class Objects(Protocol):
    """Where compiled code is kept between processes."""

    def get(self, name: str) -> bytes | None:
        """What was kept under a name."""

    def put(self, name: str, content: bytes) -> None:
        """Keep it."""


class Function(NamedTuple):
    """A function by name, and the text of the module that defines it."""

    name: str
    text: str


class Linked(NamedTuple):
    """The address of a function; the engine that holds its code lives as long as the process."""

    address: int
    engine: object


_LINKED: Final[dict[tuple[Function, Target], Linked]] = {}


@cache
def host() -> Target:
    """This machine's processor."""
    features = llvm.get_host_cpu_features()
    has = frozenset(name for name, is_there in features.items() if is_there)
    return Target(llvm.get_host_cpu_name(), has, frozenset(features) - has)


def address(function: Function, target: Target, objects: Objects | None) -> int:
    """Where a function stands, its module compiled for `target` at most once in a process."""
    key = (function, target)
    with _LOCK:
        if key not in _LINKED:
            code = _object(function.text, target, objects)
            _LINKED[key] = _linked(_machine(target), code, function.name)
        return _LINKED[key].address


def assembly(function: Function, target: Target) -> str:
    """The instructions of a function's module, to be read by people."""
    return str(_machine(target).emit_assembly(llvm.parse_assembly(function.text)))


def _object(text: str, target: Target, objects: Objects | None) -> bytes:
    """The code of a module, from where it is kept or made and kept."""
    whole = (text, target.cpu, target.switches(), llvmlite.__version__)
    name = hashlib.sha256("\n".join(whole).encode()).hexdigest()
    kept = None if objects is None else objects.get(name)
    if kept is not None:
        return kept
    code = bytes(_machine(target).emit_object(llvm.parse_assembly(text)))
    if objects is not None:
        objects.put(name, code)
    return code


def _machine(target: Target) -> llvm.TargetMachine:
    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    chosen = llvm.Target.from_default_triple()
    return chosen.create_target_machine(cpu=target.cpu, features=target.switches(), opt=3, jit=True)


def _linked(machine: llvm.TargetMachine, code: bytes, function: str) -> Linked:
    engine = llvm.create_mcjit_compiler(llvm.parse_assembly(""), machine)
    engine.add_object_file(llvm.ObjectFileRef.from_data(code))
    engine.finalize_object()
    return Linked(int(engine.get_function_address(function)), engine)
