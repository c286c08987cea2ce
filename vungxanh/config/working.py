"""The worker process: runs the background jobs that rooms register in their `jobs.py`."""

GRACE_SECONDS = 20


def work() -> None:
    """Run jobs until a signal; the running one gets time to end. Needs a prepared Django."""
    from procrastinate import PsycopgConnector
    from procrastinate.contrib.django import app, connector_params

    worker = app.with_connector(PsycopgConnector(kwargs=connector_params()))
    worker.run_worker(name="vungxanh", concurrency=4, shutdown_graceful_timeout=GRACE_SECONDS)
