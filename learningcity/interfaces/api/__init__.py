"""The platform's own JSON API: /api/v1/."""
