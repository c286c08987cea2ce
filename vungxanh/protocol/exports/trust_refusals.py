"""Why a signature, or a key to sign or to verify with, is turned away."""

from vungxanh.protocol.exports.refusals import ExportError
from vungxanh.refusals import Words


def unsigned() -> ExportError:
    """No signature, or nobody to sign."""
    code = "protocol.unsigned"
    return ExportError(
        code,
        Words(
            "Tệp khóa không có chữ ký nào: lấy tệp đã ký, hoặc ký bằng ít nhất một khóa.",
            "The export file has no signature: take the signed one, or sign with at least one key.",
        ),
        field="export.sig",
    )


def wrong_signature(row: int, n: int) -> ExportError:
    """A signature by another key, or over other bytes."""
    code = "protocol.wrong_signature"
    return ExportError(
        code,
        Words(
            f"Chữ ký thứ {row} trong {n} không đúng với khóa công khai đã cho: không dùng tệp "
            "này; kiểm tra lại khóa và tải lại tệp.",
            f"Signature {row} of {n} does not hold by a given public key: do not use the file; "
            "check the key and fetch the file again.",
        ),
        field="export.sig",
        where=f"signatures, row {row}",
    )


def malformed_signature(row: int) -> ExportError:
    """A signature that is no DER sequence of two numbers."""
    code = "protocol.malformed_signature"
    return ExportError(
        code,
        Words(
            f"Chữ ký thứ {row} sai định dạng (phải là DER gồm hai số): không dùng tệp này; "
            "tải lại.",
            f"Signature {row} is malformed (it must be DER of two numbers): do not use the file; "
            "fetch it again.",
        ),
        field="export.sig",
        where=f"signatures, row {row}",
    )


def unknown_algorithm(row: int) -> ExportError:
    """A signature by another algorithm than ECDSA with SHA-256."""
    code = "protocol.unknown_algorithm"
    return ExportError(
        code,
        Words(
            f"Chữ ký thứ {row} dùng thuật toán lạ: chỉ nhận ECDSA P-256 với SHA-256; hỏi nơi "
            "công bố.",
            f"Signature {row} is by an unknown algorithm: only ECDSA P-256 with SHA-256 is taken; "
            "ask the publisher.",
        ),
        field="export.sig",
        where=f"signatures, row {row}",
    )


def bad_public_key() -> ExportError:
    """No public key on P-256."""
    code = "protocol.bad_public_key"
    return ExportError(
        code,
        Words(
            "Không đọc được khóa công khai: cần SPKI dạng base64 hoặc PEM, đường cong P-256.",
            "The public key cannot be read: give SPKI as base64 or PEM, on the curve P-256.",
        ),
        field="public_key",
    )


def bad_signing_key() -> ExportError:
    """No private key on P-256."""
    code = "protocol.bad_signing_key"
    return ExportError(
        code,
        Words(
            "Không đọc được khóa ký: cần tệp PEM không mật khẩu, đường cong P-256.",
            "The signing key cannot be read: give a PEM file without a password, on the curve "
            "P-256.",
        ),
        field="signing_key",
    )


def bad_key_string(where: str) -> ExportError:
    """A string of trusted keys that is not in its form."""
    code = "protocol.bad_key_string"
    return ExportError(
        code,
        Words(
            f"Chuỗi khóa tin cậy sai ở {where}: cần “package:ID-VERSION,SPKI”, & nối các khóa "
            "phải cùng ký, | nối các bộ thay thế.",
            f"The string of trusted keys is wrong at {where}: write “package:ID-VERSION,SPKI”, & "
            "between keys that must all sign, | between alternatives.",
        ),
        field="keys",
        where=where,
    )


def not_endorsed(package: str) -> ExportError:
    """No set of trusted keys signed the file."""
    code = "protocol.not_endorsed"
    return ExportError(
        code,
        Words(
            f"Không bộ khóa tin cậy nào của {package} ký đủ tệp này: không dùng; kiểm tra khóa và "
            "tải lại tệp.",
            f"No set of trusted keys of {package} signed all of this file: do not use it; check "
            "the keys and fetch the file again.",
        ),
        field="export.sig",
    )
