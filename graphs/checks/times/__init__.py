"""FIG of days and spans: deadlines, the order of deeds, what a span of years covers."""
