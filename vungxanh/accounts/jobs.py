"""The room's background job."""

from procrastinate.contrib.django import app

from vungxanh.accounts.actions import devices
from vungxanh.core import clock


@app.periodic(cron="7 * * * *", periodic_id="accounts.lapse_devices")
@app.task(name="accounts.lapse_devices", queueing_lock="accounts.lapse_devices")
def lapse_devices(timestamp: int) -> int:
    """Every hour: note the devices that have lapsed; the door refuses them from the moment on."""
    return devices.lapse_devices(at=clock.now())
