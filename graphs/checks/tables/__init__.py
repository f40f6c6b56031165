"""FIG inside and between tables: rows and columns over their parts, and tables that tell the same thing."""
