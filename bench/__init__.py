"""Speed of the product, each figure against its limit in the same run.

`python -m bench` drives Konveyer as people and programs do: by its command line and over HTTP, as the application
role, with row-level security, constraints and journal on, in a KONVEYER_HOME of its own that it throws away. The last
line of its output is one JSON document; the exit code is 1 when a goal is missed.
"""
