"""When groups meet: lists of meetings and decisions, and the calendars that show them."""
