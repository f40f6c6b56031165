"""What a paper says, ready to be compared: figures with names, places and times; rows of tables; courses."""
