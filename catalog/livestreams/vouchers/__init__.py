"""A session's voucher: a percentage off the host's own pinned goods, while it is on and a while after."""
