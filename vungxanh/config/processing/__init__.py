"""The register of processing, the impact dossier and the breach notice, from what is configured.

What the papers say of tables, fields, retention, purposes, roles, recipients and measures is read
from the running installation (`reading`); what only people can know is typed by the administrator
(`Statement`) and stays a visible blank until then. A paper that was frozen (`Paper`) never changes.
Law 91/2025/QH15 and Decree 356/2025/NĐ-CP, both in force from 1 January 2026.
"""
