"""What everybody sees: pages that show several components at once, search, feeds, maps. It stores nothing."""
