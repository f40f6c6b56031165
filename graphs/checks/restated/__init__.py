"""FIG of one thing told at several places of a paper, and of what is said of all its rows."""
