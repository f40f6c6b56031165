"""FIG of counts and the things that they announce."""
