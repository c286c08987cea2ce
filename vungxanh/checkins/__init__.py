"""Control points and visits; today the files of visits and the command line of tracing."""
