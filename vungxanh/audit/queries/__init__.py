"""Reading the log, by whom and about what; what waits for a seal; and whether it is whole."""

from vungxanh.audit.queries.checking import verify as verify
from vungxanh.audit.queries.keyring import own_public_key as own_public_key
from vungxanh.audit.queries.log import CAPABILITY as CAPABILITY
from vungxanh.audit.queries.log import Filter as Filter
from vungxanh.audit.queries.log import MonthCount as MonthCount
from vungxanh.audit.queries.log import counted as counted
from vungxanh.audit.queries.log import counted_by_purpose as counted_by_purpose
from vungxanh.audit.queries.log import events as events
from vungxanh.audit.queries.log import own_sign_ins as own_sign_ins
from vungxanh.audit.queries.log import sign_ins_of as sign_ins_of
from vungxanh.audit.queries.seals import ALARM_SECONDS as ALARM_SECONDS
from vungxanh.audit.queries.seals import SignedDay as SignedDay
from vungxanh.audit.queries.seals import Waiting as Waiting
from vungxanh.audit.queries.seals import kept_seal as kept_seal
from vungxanh.audit.queries.seals import last_seal as last_seal
from vungxanh.audit.queries.seals import signed_days as signed_days
from vungxanh.audit.queries.seals import waiting as waiting
from vungxanh.audit.queries.spoken import detail_words as detail_words
from vungxanh.audit.queries.spoken import purpose_words as purpose_words
from vungxanh.audit.rules import KeptSeal as KeptSeal
from vungxanh.audit.rules import Verdict as Verdict
from vungxanh.audit.rules import read_seal as read_seal
from vungxanh.audit.rules import reference_words as reference_words
