"""Messages as e-mails, for those whom no chat reaches."""
