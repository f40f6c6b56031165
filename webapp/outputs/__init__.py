"""Files made for people: the check sheet as a page, a Word copy with comments, a workbook."""
