"""The embedded PostgreSQL: a server of our own in KONVEYER_HOME, made from the binaries of a Python package.

`Cluster` is one data folder with its server; `serving` lends a running server to a command and ends it after the
last user. Passwords do not exist here: whoever may enter the private socket folder is known by his system account.
"""

from konveyer.adapters.postgres.cluster import Cluster
from konveyer.adapters.postgres.serving import serving
from konveyer.adapters.postgres.trouble import Trouble

__all__ = ["Cluster", "Trouble", "serving"]
