"""How Parties negotiate: rounds, statuses, answers, bracketed texts."""
