"""The lock on the history in the database itself: an UPDATE or DELETE ends with an error, whoever sends it."""

TABLE = "catalog_listingchange"

SEAL = {
    "sqlite": [
        f"CREATE TRIGGER history_kept_{what.lower()} BEFORE {what} ON {TABLE} "
        "BEGIN SELECT RAISE(ABORT, 'the history of listings is only added to'); END"
        for what in ("UPDATE", "DELETE")
    ],
    "postgresql": [
        "CREATE FUNCTION history_kept() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the history of listings is only added to'; END $$",
        f"CREATE TRIGGER history_kept BEFORE UPDATE OR DELETE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION history_kept()",
    ],
}
UNSEAL = {
    "sqlite": ["DROP TRIGGER IF EXISTS history_kept_update", "DROP TRIGGER IF EXISTS history_kept_delete"],
    "postgresql": [f"DROP TRIGGER IF EXISTS history_kept ON {TABLE}", "DROP FUNCTION IF EXISTS history_kept()"],
}
