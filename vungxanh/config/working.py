"""The worker process: runs the background jobs that rooms register in their `jobs.py`."""

GRACE_SECONDS = 20


def work() -> None:
    """Run jobs until a signal; the running one gets time to end. Needs a prepared Django."""
    from procrastinate.contrib.django import app

    worker = app.with_connector(app.connector.get_worker_connector())
    worker.run_worker(name="vungxanh", concurrency=4, shutdown_graceful_timeout=GRACE_SECONDS)
