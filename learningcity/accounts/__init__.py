"""Who signs in: accounts with e-mail, password, second factor and passkeys; what a person may take away or erase."""
