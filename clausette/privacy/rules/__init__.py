"""Rules of data protection, pure: may this person be erased, when does a category of data end."""
