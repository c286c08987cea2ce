"""Writing the log, sealing it each second, signing its days and letting old ones go."""

from vungxanh.audit.actions.days import purge_days as purge_days
from vungxanh.audit.actions.days import sign_days as sign_days
from vungxanh.audit.actions.recording import record as record
from vungxanh.audit.actions.recording import record_seen as record_seen
from vungxanh.audit.actions.sealing import seal_due as seal_due
from vungxanh.audit.actions.sealing import seal_events as seal_events
