"""What people are told, in the site and by mail. It knows nothing of what the notices are about: whoever sends one registers how it reads."""
