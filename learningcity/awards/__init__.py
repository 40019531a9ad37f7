"""Award editions and their categories. Calls, judging and laureates are not here yet."""
