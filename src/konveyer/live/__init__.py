"""Event streams for signed-in screens: one small asynchronous process beside the web.

A change announces itself in its own transaction (`konveyer.kit.live.announce`); PostgreSQL tells this process at
commit; it tells every open screen of that workspace that something with this topic and id is new. The screen then
fetches what it shows in the usual way, under the usual rights: no data travel here. Django's handlers are not used.
"""
