"""`exposure verify`: whether every signature of an export file holds."""

from typing import Any

from vungxanh.exposure.commands.answers import Told
from vungxanh.exposure.gateways.file_refusals import in_file
from vungxanh.exposure.gateways.key_files import public_key, read_archive
from vungxanh.protocol import exports
from vungxanh.protocol.exports import Signature
from vungxanh.refusals import Words


def answer(said: dict[str, Any]) -> Told:
    """Who signed. Raises the refusals of the file and of its signatures."""
    trusted = [public_key(text) for text in said["public_key"]]
    archive = read_archive(said["file"])
    with in_file(said["file"]):
        signatures = exports.verified(archive, trusted)
    document: dict[str, object] = {
        "verified": True,
        "signatures": [
            {"key_id": one.of.key_id, "key_version": one.of.version} for one in signatures
        ],
    }
    return Told(document, tuple(_line(one).in_language(said["lang"]) for one in signatures))


def _line(one: Signature) -> Words:
    name = f"{one.of.key_id} {one.of.version}".strip() or "?"
    return Words(f"Chữ ký của {name}: đúng", f"Signature of {name}: holds")
