"""Meetings: plans, agendas, who is called, what they bring, and their calendars."""
