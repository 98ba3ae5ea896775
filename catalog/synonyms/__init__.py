"""Words that mean the same: a set of groups that officers change, version by version."""
