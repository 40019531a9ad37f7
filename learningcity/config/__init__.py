"""Settings, addresses and entry points: knows every app, and no app knows it."""
