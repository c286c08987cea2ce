"""Writing the log, sealing it each second, signing its days, letting old ones go, and its keys."""

from vungxanh.audit.actions.days import n_past as n_past
from vungxanh.audit.actions.days import purge_days as purge_days
from vungxanh.audit.actions.days import sign_days as sign_days
from vungxanh.audit.actions.keys import change_row_key as change_row_key
from vungxanh.audit.actions.keys import change_seal_key as change_seal_key
from vungxanh.audit.actions.recording import record as record
from vungxanh.audit.actions.recording import record_seen as record_seen
from vungxanh.audit.actions.sealing import seal_due as seal_due
from vungxanh.audit.actions.sealing import seal_events as seal_events
