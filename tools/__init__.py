"""What those who build the platform call through ./run; the site itself needs nothing of it."""
