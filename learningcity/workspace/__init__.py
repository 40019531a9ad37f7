"""The pages on which people make content: desk, forms, queue, history, imports, help. What they do is decided on the floors below."""
