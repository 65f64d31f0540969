"""The worker process: takes jobs from the queue."""

import asyncio
import os
import socket

from konveyer.running.child import begin

AT_ONCE = 2


def main() -> None:
    """Work until told to stop; running jobs end first, for at most 20 seconds."""
    begin("worker")
    import django

    django.setup()
    from konveyer import jobs, wiring

    wiring.plug()
    jobs.register()
    asyncio.run(_work())


async def _work() -> None:
    from procrastinate import PsycopgConnector
    from procrastinate.contrib.django import app
    from procrastinate.contrib.django.utils import connector_params

    connector = PsycopgConnector(kwargs=connector_params(), min_size=1, max_size=4)
    with app.replace_connector(connector) as working:
        async with working.open_async():
            await working.run_worker_async(
                name=f"{socket.gethostname()}-{os.getpid()}",
                concurrency=AT_ONCE,
                shutdown_graceful_timeout=20,
                delete_jobs="successful",
            )


if __name__ == "__main__":
    main()
