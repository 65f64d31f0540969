"""My day: what a member does next, and why in this order. Reads only; stands above deals."""
