"""Reports of labels that look false: what anybody sends, the photos, what an officer makes of it."""
