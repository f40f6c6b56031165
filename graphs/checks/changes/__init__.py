"""FIG of what rose, fell or stayed: two values, the change between them, ranks and courses of years."""
