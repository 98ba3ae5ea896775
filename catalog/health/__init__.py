"""How the shop is: what was last seen and done, whether it may be sent visitors, whether ordering is paused."""
