"""How people stand to each other: plain Python."""

# The first sent the other one to us (his letter, his number); the second praised us to him.
LINK_KINDS = ("referred", "recommended")
MOST = 100  # links of one person
