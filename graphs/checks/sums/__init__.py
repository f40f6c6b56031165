"""FIG of numbers worked out of others in the text: totals and parts, shares, means, products and rests."""
