"""Access: accounts, organisations, capabilities, memberships, invitations, sessions; builds the Actor.

Words: an *account* is a person who signs in; an *organisation* is a body (structure) with capabilities; a
*membership* lets one act for the other between two dates; a *ticket* is the hash of the session cookie that opens
the rights in SQL. The room does not say who takes part in a contract (procurement does) and knows no participant.
"""
