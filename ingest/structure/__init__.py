"""From laid-out blocks to a structured document: header, units, tables, signature."""
