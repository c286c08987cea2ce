"""Anonymous exposure notification; today its command line and the files it reads and writes."""
