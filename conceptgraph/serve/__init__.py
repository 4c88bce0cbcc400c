"""The live page: a map's folder watched, and its page served to this machine alone."""
