"""What moderation remembers."""
