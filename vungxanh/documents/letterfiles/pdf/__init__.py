"""PDF files, through PDFium and nowhere else."""
