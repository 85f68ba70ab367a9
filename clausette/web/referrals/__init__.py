"""Pages of referrals: a prescriber proposes and follows, a structure answers, tells its needs, names its prescribers.

What the package does not do: decide (room `participants`); show to anybody else that a referral exists."""
