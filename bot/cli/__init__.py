"""The command line. One file per feature; `main` puts them together."""
