"""Images with alternative text, license, author and consent, and their renditions. Not a place for documents."""
