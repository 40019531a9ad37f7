"""What is particular to the Thai language: sorting, words, calendar."""
