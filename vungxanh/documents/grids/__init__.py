"""Reading tables from strangers: XLSX, ODS, CSV, TSV or pasted text to a frozen grid of cells."""

from vungxanh.documents.grids.cells import Cell, CellValue, Grid, column_letters, place_of
from vungxanh.documents.grids.limits import LIMITS, Limits
from vungxanh.documents.grids.lines import Line, Lines, lines_of_text, read_lines
from vungxanh.documents.grids.reading import grid_of_text, read_grid

__all__ = [
    "LIMITS",
    "Cell",
    "CellValue",
    "Grid",
    "Limits",
    "Line",
    "Lines",
    "column_letters",
    "grid_of_text",
    "lines_of_text",
    "place_of",
    "read_grid",
    "read_lines",
]
