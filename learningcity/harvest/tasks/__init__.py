"""What is asked of other catalogs, and what their records say in our words: nothing here touches the database."""
