"""Control points, and files of visits with the command line of tracing."""
