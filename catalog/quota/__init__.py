"""How much of something one network address may have in an hour."""
