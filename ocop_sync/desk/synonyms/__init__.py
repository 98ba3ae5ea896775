"""The officer's page of synonyms: the list, a draft and what it would do, the versions."""
