"""The embedded edition: what a new store starts from."""
