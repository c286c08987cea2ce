"""`tracing build`: visits laid out in a folder, so that questions take moments."""

from typing import Any, Final

from vungxanh.checkins.commands.running import Watch, run
from vungxanh.checkins.gateways import stores
from vungxanh.documents.vietnamese import count
from vungxanh.refusals import Words

_BUILDING: Final = Words("Dựng kho", "Building the store")


def answer(said: dict[str, Any]) -> dict[str, object]:
    """Build the store; what there is to say about it, as one document."""

    def work(watch: Watch) -> stores.Manifest:
        made = stores.build(
            said["visits"],
            said["store"],
            shards=said["shards"],
            memory=said["memory"],
            progress=watch.step(_BUILDING),
        )
        n = made.n_visits
        watch.say(Words(f"Đã dựng kho {count(n)} lượt", f"Laid out {count(n, 'en')} visits"))
        return made

    made = run(work, said["lang"])
    return {"visits": made.n_visits, "store": str(said["store"])}
