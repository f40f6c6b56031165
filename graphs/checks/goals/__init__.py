"""TGT: goals, their levels, results and verdicts."""
