//! Hostile sources for the tests: scripts that are played as every foreign kind of source.
