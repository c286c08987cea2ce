"""A table of points that is brought."""

from django.utils.translation import gettext_lazy as _

from vungxanh.core.bringing import FileOrPastedForm, pasted_table, table_file


class PointTableForm(FileOrPastedForm):
    """A file or pasted cells."""

    file = table_file(_("XLSX, ODS, CSV hoặc TSV, đến 100.000 dòng."))
    pasted = pasted_table()
