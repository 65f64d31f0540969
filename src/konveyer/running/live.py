"""The process of the event streams: granian inside one event loop, without a master and without Django's handlers."""

import argparse
import asyncio
import os
import signal

from konveyer.running.child import begin


def main() -> None:
    """Serve until told to stop."""
    begin("live")
    parser = argparse.ArgumentParser()
    parser.add_argument("--host", required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--web-port", type=int, required=True)
    chosen = parser.parse_args()
    asyncio.run(_serve(chosen.host, chosen.port, chosen.web_port))


async def _serve(host: str, port: int, web_port: int) -> None:
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server.embed import Server

    from konveyer.config.secrets import secret
    from konveyer.live.app import Live
    from konveyer.running.environment import app_connection

    app = Live(
        dsn=app_connection(),
        secret=secret("django"),
        web_port=web_port,
        base_url=os.environ.get("KONVEYER_BASE_URL", f"http://127.0.0.1:{web_port}"),
    )
    await app.start()
    server = Server(
        app, address=host, port=port, interface=Interfaces.ASGINL, websockets=False, log_level=LogLevels.error
    )
    told = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, told.set)
    serving = asyncio.create_task(server.serve())
    await asyncio.wait({serving, asyncio.create_task(told.wait())}, return_when=asyncio.FIRST_COMPLETED)
    await app.stop()
    server.stop()  # type: ignore[no-untyped-call]
    await asyncio.wait({serving}, timeout=5)


if __name__ == "__main__":
    main()
