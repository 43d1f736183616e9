"""The clock calls us: claim, commit, then send."""
