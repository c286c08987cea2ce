"""What the log promises, without a database: the form of rows, the chain, signed days."""

from vungxanh.audit.rules.chain import GENESIS as GENESIS
from vungxanh.audit.rules.chain import in_ranges as in_ranges
from vungxanh.audit.rules.chain import ranges_of as ranges_of
from vungxanh.audit.rules.chain import seal_digest as seal_digest
from vungxanh.audit.rules.days import BadSealFileError as BadSealFileError
from vungxanh.audit.rules.days import DayStatement as DayStatement
from vungxanh.audit.rules.days import KeptSeal as KeptSeal
from vungxanh.audit.rules.days import fingerprint as fingerprint
from vungxanh.audit.rules.days import public_key as public_key
from vungxanh.audit.rules.days import public_pem as public_pem
from vungxanh.audit.rules.days import read_seal as read_seal
from vungxanh.audit.rules.faults import Fault as Fault
from vungxanh.audit.rules.faults import Verdict as Verdict
from vungxanh.audit.rules.opaque import is_opaque as is_opaque
from vungxanh.audit.rules.opaque import refuse_what_tells as refuse_what_tells
from vungxanh.audit.rules.opaque import short as short
from vungxanh.audit.rules.references import SORTS as SORTS
from vungxanh.audit.rules.references import reference_words as reference_words
from vungxanh.audit.rules.rows import TAG_BYTES as TAG_BYTES
from vungxanh.audit.rules.rows import Tagger as Tagger
from vungxanh.audit.rules.rows import detail_text as detail_text
from vungxanh.audit.rules.rows import row_line as row_line
from vungxanh.audit.rules.rows import stamp as stamp
