"""Health of the installation for whoever watches it: alive, ready. Public, says yes or no, never a version."""
