"""The command line of the expert system."""
