"""What may be asked of moderation."""
