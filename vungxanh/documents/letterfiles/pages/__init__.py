"""Pages to text: where words stand decides how they are read, in a PDF and in a picture alike."""
