"""A form sent after the session ended: what was typed waits for the sign-in, then is sent again by the person."""
