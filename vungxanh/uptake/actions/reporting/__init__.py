"""Writes of reporting: forms and reporters, reports, day tables."""

from vungxanh.uptake.actions.reporting.forms import (
    Added,
    add_reporter,
    add_reporters,
    begin_versions,
    end_form,
    end_reporter,
    make_form,
    renew_form,
)
from vungxanh.uptake.actions.reporting.reports import (
    accept_report,
    drop_report,
    forget_columns,
    owed_on,
    save_report,
    send_back,
)
from vungxanh.uptake.actions.reporting.tables import (
    approve_table,
    correct_table,
    make_due_tables,
    make_table,
    publish_table,
    take_back_approval,
)

__all__ = [
    "Added",
    "accept_report",
    "add_reporter",
    "add_reporters",
    "approve_table",
    "begin_versions",
    "correct_table",
    "drop_report",
    "end_form",
    "end_reporter",
    "forget_columns",
    "make_due_tables",
    "make_form",
    "make_table",
    "owed_on",
    "publish_table",
    "renew_form",
    "save_report",
    "send_back",
    "take_back_approval",
]
